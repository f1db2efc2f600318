namespace Sallyport.Templates;

/// <summary>One file of an artefact that is several.</summary>
/// <param name="Name">File name without a folder.</param>
/// <param name="Content">UTF-8.</param>
public sealed record WrittenFile(string Name, ReadOnlyMemory<byte> Content);
