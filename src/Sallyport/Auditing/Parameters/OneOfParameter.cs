using System.Collections.Immutable;

namespace Sallyport.Auditing.Parameters;

/// <summary>One word of a few, in any letter case.</summary>
public sealed class OneOfParameter : AuditParameterOf<string>
{
    private readonly ImmutableArray<string> _words;

    internal OneOfParameter(string name, ImmutableArray<string> words, string @default, string summary)
        : base(name, "one of", summary, @default) => _words = words;

    /// <inheritdoc/>
    public override string DefaultText => Default;

    internal override object? Read(string text, out string? problem)
    {
        var found = _words.FirstOrDefault(w => w.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        problem = found is null ? $"expected one of {string.Join(", ", _words)}" : null;
        return found;
    }
}
