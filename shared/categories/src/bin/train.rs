//! Fits the model from `corpus/*.tsv` and writes `model.bin` and `training.txt` beside them.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let trained = categories::training::train(&root.join("corpus"))?;
    std::fs::write(root.join("model.bin"), &trained.model)?;
    std::fs::write(root.join("training.txt"), &trained.report)?;
    print!("{}", trained.report);
    Ok(())
}
