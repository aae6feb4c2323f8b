mod banks;
mod platforms;
