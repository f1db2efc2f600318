using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>One condition on an interface: <c>type:lambda</c>, <c>vpc:vpc-1</c>, <c>name:web-*</c>, <c>tag:os=windows</c>.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="Key">Key of a tag; else empty.</param>
/// <param name="Value">What it must be; <c>*</c> is any text.</param>
public sealed record InterfaceSelector(string Kind, string Key, string Value)
{
    private static readonly ImmutableArray<string> Kinds = ["type", "vpc", "subnet", "account", "name", "tag"];

    /// <summary>Reads a selector; the problem is a clause.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out InterfaceSelector? selector, out string? problem)
    {
        (selector, problem) = (null, null);
        if (text.Split(':', 2) is not [var kind, { Length: > 0 } rest] || !Kinds.Contains(kind))
        {
            problem = $"\"{text}\" selects no interfaces; write {string.Join(", ", Kinds.Select(k => $"{k}:…"))}";
            return false;
        }

        selector = kind != "tag" ? new InterfaceSelector(kind, string.Empty, rest)
            : rest.Split('=', 2) is [var key, var value] ? new InterfaceSelector(kind, key, value)
            : new InterfaceSelector(kind, rest, "*");
        return true;
    }

    internal bool Selects(NetworkInterface nic, StrategyFacts facts) => Kind switch
    {
        "type" => Wildcard.IsMatch(Value, nic.InterfaceType),
        "vpc" => nic.Vpc is { } vpc && Wildcard.IsMatch(Value, vpc.Value),
        "subnet" => nic.Subnet is { } subnet && Wildcard.IsMatch(Value, subnet.Value),
        "account" => Wildcard.IsMatch(Value, nic.Scope.Account),
        "name" => facts.TagOf(nic, ["Name"]) is { } name && Wildcard.IsMatch(Value, name),
        _ => facts.TagOf(nic, [Key]) is { } tag && Wildcard.IsMatch(Value, tag),
    };
}
