using Sallyport.Diagnostics;

namespace Sallyport.Patching;

/// <summary>A change that only a person can write into the code.</summary>
/// <param name="Change">The change.</param>
/// <param name="Why">A clause. May quote untrusted names: escape when printing.</param>
/// <param name="At">Where to look; null when no place is known.</param>
public sealed record CodeQuestion(CodeChange Change, string Why, SourceSpan? At)
{
    /// <summary>What to do, and why nobody did it: one sentence.</summary>
    public string Sentence => Change.Kind switch
    {
        CodeChangeKind.Add => $"Add \"{Change.Rule}\" to {Change.Group.Id}: {Why}.",
        CodeChangeKind.Remove => $"Remove \"{Change.Rule}\" from {Change.Group.Id}: {Why}.",
        _ => $"Describe \"{Change.Rule}\" of {Change.Group.Id} as \"{Change.Description}\": {Why}.",
    };
}
