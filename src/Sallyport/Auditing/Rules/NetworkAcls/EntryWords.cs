using System.Globalization;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>Entries and services of network ACLs in messages.</summary>
internal static class EntryWords
{
    private const int Most = 8;

    /// <summary><c>deny entry 110 (ingress tcp/22 from 10.0.0.0/8)</c>.</summary>
    public static string Of(NetworkAclEntry entry) =>
        $"{(entry.Allows ? "allow" : "deny")} entry {Number(entry.Number)} ({new RuleKey(entry.Direction, entry.Service, new CidrPeer(entry.Cidr))})";

    /// <summary>Services, cut short when there are very many.</summary>
    public static string Of(ServiceSet services) => services.IsAny ? "all traffic" : List(services.ToServices().Select(s => s.ToString()), ", ");

    /// <summary>Clauses, cut short when there are very many.</summary>
    public static string List(IEnumerable<string> clauses, string separator = "; ")
    {
        var all = clauses.ToList();
        return string.Join(separator, all.Take(Most)) + (all.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"{separator}and {all.Count - Most} more") : string.Empty);
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
