using System.Text;
using Sallyport.CloudFormation;
using Sallyport.Diagnostics;
using Sallyport.Drift;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Patching;
using Sallyport.Terraform;

namespace Sallyport.Tests.Patching;

/// <summary>Code in memory: read as an estate, patched, and read again.</summary>
internal sealed class CodeBench(string path, string text) : ICodeFiles
{
    public string Path => path;

    public string Text => text;

    public Estate Estate { get; } = Read(path, text);

    public string? Read(string file) => file == path ? text : null;

    public IEnumerable<string> Beside(string file) => [path];

    /// <summary>The same code after a patch.</summary>
    public CodeBench After(CodePatch patch) => new(path, patch.Files is [var file] ? file.After : text);

    /// <summary>What takes the drift into the code.</summary>
    public CodePatch Patch(CodeDrift drift) => CodePatcher.Patch(Estate, DriftChanges.Of(drift, Estate), this);

    public string Diff(CodePatch patch)
    {
        var output = new StringWriter();
        CodePatchWriter.Write(patch, new PatchNames(p => p, Estate), [], output);
        return output.ToString();
    }

    public static Estate Read(string path, string text)
    {
        var builder = new EstateBuilder();
        var said = new EstateFileReader([new TerraformFormat(), new CloudFormationFormat()]).Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), new EstateFile(path), builder);
        Assert.DoesNotContain(said, d => d.Severity == Severity.Error);
        return builder.Build();
    }
}
