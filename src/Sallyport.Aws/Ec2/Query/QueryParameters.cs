using System.Text;

namespace Sallyport.Aws.Ec2.Query;

/// <summary>
/// The form of one Query request, in the order added. Names are wire names (<c>IpPermissions.1.IpRanges.2.CidrIp</c>): lists count
/// from 1 and an empty list or a null value sends nothing (EC2 Query API, botocore EC2Serializer).
/// </summary>
internal sealed class QueryParameters
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>True when the request only asks whether it would succeed.</summary>
    public bool IsDryRun => _pairs.Contains(new("DryRun", "true"));

    public QueryParameters Add(string name, string? value)
    {
        if (value is not null) _pairs.Add(new(name, value));
        return this;
    }

    public QueryParameters Add(string name, int value) => Add(name, value.ToString());

    public QueryParameters AddList(string name, IEnumerable<string> values)
    {
        var n = 0;
        foreach (var value in values) Add($"{name}.{++n}", value);
        return this;
    }

    /// <summary>Adds one filter; several values of one filter mean any of them.</summary>
    public QueryParameters AddFilter(int number, string name, IEnumerable<string> values)
    {
        Add($"Filter.{number}.Name", name);
        return AddList($"Filter.{number}.Value", values);
    }

    /// <summary>The same form with more pairs after it; this one is unchanged.</summary>
    public QueryParameters With(string name, string value)
    {
        var copy = new QueryParameters();
        copy._pairs.AddRange(_pairs);
        return copy.Add(name, value);
    }

    /// <summary>The request body: percent-encoded UTF-8, <c>Action</c> and <c>Version</c> first.</summary>
    public string ToBody(string action, string version)
    {
        var body = new StringBuilder("Action=").Append(action).Append("&Version=").Append(version);
        foreach (var (name, value) in _pairs)
        {
            body.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return body.ToString();
    }
}
