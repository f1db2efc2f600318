using System.Buffers;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Groups;

/// <summary>Character sets and lengths of names and descriptions (EC2 API: CreateSecurityGroup, IpRange).</summary>
internal static class GroupText
{
    private const int MaxLength = 255;
    private const string Common = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._-:/()#,@[]+=;{}!$*";
    private static readonly SearchValues<char> OfGroup = SearchValues.Create(Common + "&");
    private static readonly SearchValues<char> OfRule = SearchValues.Create(Common + "&");

    /// <summary>A name as it is stored: trailing spaces gone.</summary>
    public static string Name(string text)
    {
        var name = text.TrimEnd(' ');
        if (name.Length == 0) throw Refusals.MissingParameter("GroupName");
        Check(name, "GroupName");
        if (name.StartsWith("sg-", StringComparison.OrdinalIgnoreCase)) throw Refusals.GroupNameLikeId(name);
        if (name.Equals("default", StringComparison.OrdinalIgnoreCase)) throw Refusals.GroupReserved();
        return name;
    }

    /// <summary>A group's description.</summary>
    public static string Description(string text)
    {
        Check(text, "GroupDescription");
        return text;
    }

    /// <summary>A rule's description; null and empty are none.</summary>
    public static string RuleDescription(string? text)
    {
        if (text is null) return string.Empty;
        return text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(OfRule) ? text : throw Refusals.BadRuleDescription();
    }

    private static void Check(string text, string parameter)
    {
        if (text.Length > MaxLength || text.AsSpan().ContainsAnyExcept(OfGroup)) throw Refusals.BadGroupText(parameter);
    }
}
