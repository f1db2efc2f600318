using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Which names are good: those that the pattern of the Region matches, or that one template filled in from the group matches.</summary>
internal sealed class NameConvention
{
    private readonly Regex _regex;
    private readonly ImmutableArray<NameTemplate> _templates;
    private readonly ParameterValues _parameters;
    private readonly ConcurrentDictionary<string, Regex> _byRegion = new(StringComparer.Ordinal);

    public NameConvention(ParameterValues parameters)
    {
        _parameters = parameters;
        _regex = parameters.Get(AuditParameters.NameRegex);
        _templates = parameters.Get(AuditParameters.NamePatterns);
    }

    /// <summary>Does the convention allow the name for the group?</summary>
    public bool Allows(SecurityGroup group, string name)
    {
        if (name.Length == 0) return false;
        if (_byRegion.GetOrAdd(group.Scope.Region, region => NamePatternParameter.For(_regex, SpellingsOf(region))).IsMatch(name)) return true;
        foreach (var template in _templates)
        {
            // A Region may be written in full or short, so a template may be filled in twice.
            foreach (var region in SpellingsOf(group.Scope.Region))
            {
                if (template.Fill(p => ValueOf(group, p, region)) is { } wildcard && Wildcard.IsMatch(wildcard, name)) return true;
            }
        }

        return false;
    }

    /// <summary>A clause: why it is not known which tags of the group fill in the templates; null when that is known, or when they need none.</summary>
    public string? DoubtOf(SecurityGroup group)
    {
        string? doubt = null;
        foreach (var template in _templates)
        {
            template.Fill(p =>
            {
                if (p != "region") doubt ??= KeysOf(p).DoubtIn(group.Tags);
                return string.Empty;
            });
        }

        return doubt;
    }

    /// <summary><c>eu-west-1</c> as <c>eu-west-1</c>, <c>ew1</c> and <c>euw1</c>; nothing for a Region that is not known.</summary>
    public static IEnumerable<string> SpellingsOf(string region)
    {
        yield return region;
        if (region.Split('-') is not [{ Length: > 0 } area, .. var middle, { Length: > 0 } number] || middle.Length == 0) yield break;
        var letters = string.Concat(middle.Where(m => m.Length > 0).Select(m => m[0]));
        yield return $"{area[0]}{letters}{number}";
        yield return $"{area}{letters}{number}";
    }

    private string? ValueOf(SecurityGroup group, string placeholder, string region) =>
        placeholder == "region" ? region.Length > 0 ? region : null : KeysOf(placeholder).ValueIn(group.Tags);

    private ImmutableArray<string> KeysOf(string placeholder) => placeholder switch
    {
        "environment" => _parameters.Get(AuditParameters.EnvironmentTag),
        "service" => _parameters.Get(AuditParameters.ServiceTag),
        "app" => _parameters.Get(AuditParameters.AppTag),
        _ => _parameters.Get(AuditParameters.OsTag),
    };
}
