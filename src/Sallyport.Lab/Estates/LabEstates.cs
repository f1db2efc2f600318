using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Lab.Estates;

/// <summary>
/// The estates the lab ships, by the name a user gives: <c>acme</c>, <c>empty</c>, <c>large</c>, or
/// <c>large:groups=N,rules=N,interfaces=N,seed=N</c> with any of the four.
/// </summary>
public static class LabEstates
{
    private static readonly string[] Keys = ["groups", "rules", "interfaces", "seed"];

    /// <summary>Names for help texts and completion, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = ["acme", "empty", "large"];

    /// <summary>
    /// Makes the estate of a name. False when there is none: <paramref name="problem"/> is a clause without a full stop that says why.
    /// </summary>
    public static bool TryCreate(string name, [NotNullWhen(true)] out Estate? estate, [NotNullWhen(false)] out string? problem)
    {
        (estate, problem) = (null, null);
        switch (name)
        {
            case "acme":
                estate = AcmeEstate.Create();
                return true;
            case "empty":
                estate = Empty();
                return true;
            case "large":
                estate = LargeEstate.Create(new LargeEstateOptions());
                return true;
        }

        if (name.StartsWith("large:", StringComparison.Ordinal))
        {
            if (!TryReadOptions(name["large:".Length..], out var options, out problem)) return false;
            estate = LargeEstate.Create(options);
            return true;
        }

        problem = $"there is no lab estate \"{name}\"; there are {string.Join(", ", Names)} and large:groups=N,rules=N,interfaces=N,seed=N";
        if (NearestName.Find(name, Names) is { } nearest) problem += $"; did you mean \"{nearest}\"?";
        return false;
    }

    /// <summary>Acme's accounts and Regions before anybody built anything.</summary>
    private static Estate Empty()
    {
        var builder = new EstateBuilder();
        foreach (var account in new[] { AcmeEstate.Production, AcmeEstate.Shared })
        {
            foreach (var region in new[] { AcmeEstate.Europe, AcmeEstate.America }) builder.AddScope(new Scope(account, region));
        }

        foreach (var kind in Enum.GetValues<GapKind>()) builder.MarkCollected(kind);
        return builder.Build();
    }

    private static bool TryReadOptions(string text, [NotNullWhen(true)] out LargeEstateOptions? options, [NotNullWhen(false)] out string? problem)
    {
        var made = new LargeEstateOptions();
        options = null;
        problem = null;
        var seen = new HashSet<string>();
        foreach (var part in text.Split(','))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var key = at < 0 ? part : part[..at];
            if (!Keys.Contains(key))
            {
                problem = $"\"{key}\" is no setting of the large estate; there are {string.Join(", ", Keys)}";
                return false;
            }

            if (at < 0 || !int.TryParse(part.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                problem = $"{key} needs a whole number, as in {key}=1000";
                return false;
            }

            if (!seen.Add(key))
            {
                problem = $"{key} is given twice";
                return false;
            }

            made = key switch
            {
                "groups" => made with { Groups = value },
                "rules" => made with { Rules = value },
                "interfaces" => made with { Interfaces = value },
                _ => made with { Seed = value },
            };
        }

        // Figures nobody gave follow the groups, so that large:groups=10 alone is an estate and not an error.
        if (!seen.Contains("rules")) made = made with { Rules = (int)Math.Min(made.Groups * 10L, LargeEstateOptions.MostRules) };
        if (!seen.Contains("interfaces")) made = made with { Interfaces = (int)Math.Min(made.Groups * 4L, LargeEstateOptions.MostInterfaces) };
        problem = made.Problem;
        if (problem is not null) return false;
        options = made;
        return true;
    }
}
