using System.Collections.Immutable;

namespace Sallyport.Patching;

/// <summary>Changes of one file.</summary>
internal interface ICodeEditor
{
    /// <summary>The edits, in order, and the changes among those given that they leave out.</summary>
    (ImmutableArray<TextEdit> Edits, ImmutableArray<CodeQuestion> Questions) Edit(ImmutableArray<CodeChange> changes);
}
