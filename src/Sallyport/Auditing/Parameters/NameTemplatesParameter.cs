using System.Collections.Immutable;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Parameters;

/// <summary>Templates of names: <c>{app}-{service}-{environment}, base-{os}-*</c>. A comma separates.</summary>
public sealed class NameTemplatesParameter : AuditParameterOf<ImmutableArray<NameTemplate>>
{
    internal NameTemplatesParameter(string name, string @default, string summary)
        : base(name, "templates", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(text, out problem);

    private static ImmutableArray<NameTemplate>? Parse(string text, out string? problem)
    {
        problem = null;
        var templates = ImmutableArray.CreateBuilder<NameTemplate>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!NameTemplate.TryParse(part, out var template, out problem)) return null;
            templates.Add(template);
        }

        return templates.ToImmutable();
    }
}
