using Sallyport.Declarations;
using Sallyport.Estates;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>A rule as one world has it: either a permission, or a doubt.</summary>
/// <param name="Permission">What was read; null when it could not be worked out.</param>
/// <param name="Doubt">A sentence: why it could not be worked out; null otherwise.</param>
internal sealed record CandidateRule(DeclaredPermission? Permission, string? Doubt)
{
    /// <summary>Equal for rules that mean the same, wherever they are written.</summary>
    public string Meaning => Permission is { } p
        ? $"{p.Direction} {p.Protocol?.ToUpperInvariant()} {p.From} {p.To} {string.Join(',', p.Peers)} {p.Problem}"
        : $"? {Doubt}";

    /// <summary>The rule for people: <c>ingress tcp/22 from 10.0.0.0/8</c>.</summary>
    public string Describe()
    {
        if (Permission is not { } p) return "A rule";
        var ports = p.From is null || p.Protocol is "-1" ? string.Empty : p.From == p.To ? $"/{p.From}" : $"/{p.From}-{p.To}";
        var word = p.Direction == Direction.Ingress ? "from" : "to";
        return $"{p.Direction.ToString().ToLowerInvariant()} {(p.Protocol == "-1" ? "any" : p.Protocol)}{ports} {word} {string.Join(", ", p.Peers)}";
    }
}
