using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Auditing.Strategy;

/// <summary>A group that interfaces must carry, and which interfaces.</summary>
/// <param name="Text">As written.</param>
/// <param name="Group">Name or id; placeholders are filled in from the interface and its instance.</param>
/// <param name="For">All must hold; none means every interface that no service made.</param>
public sealed record GroupRequirement(string Text, NameTemplate Group, ImmutableArray<InterfaceSelector> For)
{
    /// <summary>Reads <c>NAME</c> or <c>NAME for SELECTOR and SELECTOR</c>; the problem is a clause.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GroupRequirement? requirement, out string? problem)
    {
        requirement = null;
        var parts = text.Split(" for ", 2, StringSplitOptions.TrimEntries);
        if (!NameTemplate.TryParse(parts[0], out var group, out problem)) return false;
        var selectors = ImmutableArray.CreateBuilder<InterfaceSelector>();
        foreach (var part in parts.Length == 1 ? [] : parts[1].Split(" and ", StringSplitOptions.TrimEntries))
        {
            if (!InterfaceSelector.TryParse(part, out var selector, out problem)) return false;
            selectors.Add(selector);
        }

        requirement = new GroupRequirement(text, group, selectors.ToImmutable());
        return true;
    }
}
