pub mod banks;
mod hostile;
mod platforms;
