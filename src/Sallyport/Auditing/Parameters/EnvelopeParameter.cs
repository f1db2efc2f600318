using System.Collections.Immutable;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Parameters;

/// <summary>
/// What rules may or may not allow: <c>ingress tcp/443 from 10.0.0.0/8, egress any to groups, template-web</c>. A comma separates; an
/// entry that starts with neither direction is a group whose rules are meant.
/// </summary>
public sealed class EnvelopeParameter : AuditParameterOf<ImmutableArray<EnvelopeEntry>>
{
    internal EnvelopeParameter(string name, string @default, string summary)
        : base(name, "envelope", summary) => DefaultText = @default;

    /// <inheritdoc/>
    public override string DefaultText { get; }

    internal override object? Read(string text, out string? problem) => Parse(text, out problem);

    private static ImmutableArray<EnvelopeEntry>? Parse(string text, out string? problem)
    {
        problem = null;
        var entries = ImmutableArray.CreateBuilder<EnvelopeEntry>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!EnvelopeEntry.TryParse(part, out var entry, out problem)) return null;
            entries.Add(entry);
        }

        return entries.ToImmutable();
    }
}
