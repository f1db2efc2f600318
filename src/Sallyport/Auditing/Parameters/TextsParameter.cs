using System.Collections.Immutable;

namespace Sallyport.Auditing.Parameters;

/// <summary>Words or names: <c>owner, app, env</c>. A comma separates; empty text is no word.</summary>
public sealed class TextsParameter : AuditParameterOf<ImmutableArray<string>>
{
    internal TextsParameter(string name, string @default, string summary)
        : base(name, "texts", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem)
    {
        problem = null;
        return Parse(text);
    }

    private static ImmutableArray<string> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
