using System.Globalization;

namespace Sallyport.Packets;

/// <summary>
/// What one EC2 rule allows, without its peer, in canonical form: a protocol with a port range (TCP, UDP), a type and code
/// (ICMP, ICMPv6; -1 means all), or nothing more (-1/-1: every other number and all protocols).
/// </summary>
public readonly record struct Service : IComparable<Service>
{
    private Service(Protocol protocol, int from, int to)
    {
        Protocol = protocol;
        From = from;
        To = to;
    }

    /// <summary>All protocols and ports.</summary>
    public static Service Any { get; } = new(Protocol.All, -1, -1);

    /// <summary>The protocol, or all.</summary>
    public Protocol Protocol { get; }

    /// <summary>First port or ICMP type; -1 when there is none or all are meant.</summary>
    public int From { get; }

    /// <summary>Last port (inclusive) or ICMP code; -1 when there is none or all are meant.</summary>
    public int To { get; }

    /// <summary>The service as one interval of the <see cref="ServiceLine"/>.</summary>
    public Interval Interval
    {
        get
        {
            var start = ServiceLine.StartOf(Protocol);
            if (Protocol.HasPorts) return new Interval(start + From, start + To);
            if (!Protocol.HasTypes || From < 0) return new Interval(start, ServiceLine.EndOf(Protocol));
            var type = start + (From * 256);
            return To < 0 ? new Interval(type, type + 255) : new Interval(type + To, type + To);
        }
    }

    /// <summary>True for TCP or UDP with every port, 0 to 65535.</summary>
    public bool IsAllPorts => Protocol.HasPorts && From == 0 && To == 65_535;

    /// <summary>TCP, one port or a range.</summary>
    public static Service Tcp(int from, int? to = null) => Create(Protocol.Tcp, from, to ?? from);

    /// <summary>UDP, one port or a range.</summary>
    public static Service Udp(int from, int? to = null) => Create(Protocol.Udp, from, to ?? from);

    /// <summary>Builds from EC2's three fields or throws <see cref="ArgumentException"/>: for values known to be good.</summary>
    public static Service Create(Protocol protocol, int? from, int? to) =>
        TryCreate(protocol, from, to, out var service, out var problem) ? service : throw new ArgumentException(problem);

    /// <summary>
    /// Builds from EC2's three fields with EC2's reading: ports of <c>-1</c> and of other numbers are ignored; TCP/UDP without
    /// ports, or with -1/-1, is every port; ICMP without type is every type. <paramref name="problem"/> says what is impossible.
    /// </summary>
    public static bool TryCreate(Protocol protocol, int? from, int? to, out Service service, out string? problem)
    {
        problem = null;
        service = default;
        var (first, last) = (from ?? -1, to ?? -1);
        if (protocol.HasPorts)
        {
            if (first == -1 && last == -1)
            {
                service = new Service(protocol, 0, 65_535);
                return true;
            }

            if (first is < 0 or > 65_535) problem = $"the {protocol} port {first} is outside 0-65535";
            else if (last is < 0 or > 65_535) problem = $"the {protocol} port {last} is outside 0-65535";
            else if (first > last) problem = $"the {protocol} port range {first}-{last} is upside down";
        }
        else if (protocol.HasTypes)
        {
            if (first is < -1 or > 255) problem = $"the {protocol} type {first} is outside -1..255";
            else if (last is < -1 or > 255) problem = $"the {protocol} code {last} is outside -1..255";
            else if (first == -1 && last != -1) problem = $"the {protocol} code {last} has no type";
        }
        else
        {
            (first, last) = (-1, -1);
        }

        if (problem is not null) return false;
        service = new Service(protocol, first, last);
        return true;
    }

    /// <summary>
    /// Reads the syntax of the contract: <c>tcp/443</c>, <c>tcp/8000-8080</c>, <c>udp/53</c>, <c>icmp/8/-1</c>, <c>icmp</c>,
    /// <c>icmpv6</c>, <c>proto/47</c>, <c>any</c>. <paramref name="problem"/> is a clause that says what is wrong.
    /// </summary>
    public static bool TryParse(string text, out Service service, out string? problem)
    {
        service = default;
        var parts = text.Trim().Split('/');
        switch (parts[0].ToLowerInvariant())
        {
            case "any" when parts.Length == 1:
                service = Any;
                problem = null;
                return true;
            case "tcp" or "udp" when parts.Length == 2:
                _ = Protocol.TryParse(parts[0], out var ported);
                return TryParsePorts(ported, parts[1], out service, out problem);
            case "tcp" or "udp":
                problem = $"a port is missing; write {parts[0].ToLowerInvariant()}/443, or {parts[0].ToLowerInvariant()}/0-65535 for every port";
                return false;
            case "icmp" or "icmpv6" when parts.Length <= 3:
                _ = Protocol.TryParse(parts[0], out var typed);
                var type = -1;
                var code = -1;
                if ((parts.Length > 1 && !TryNumber(parts[1], out type)) || (parts.Length > 2 && !TryNumber(parts[2], out code)))
                {
                    problem = "type and code are numbers, -1 for all";
                    return false;
                }

                return TryCreate(typed, type, code, out service, out problem);
            case "proto" when parts.Length == 2 && TryNumber(parts[1], out var number) && number is >= 0 and <= 255:
                var protocol = Protocol.Of(number);
                return TryCreate(protocol, null, null, out service, out problem);
            default:
                problem = "expected tcp/PORT, tcp/FIRST-LAST, udp/PORT, icmp/TYPE/CODE, icmpv6, proto/NUMBER or any";
                return false;
        }
    }

    /// <summary>Reads the syntax or throws <see cref="FormatException"/>: for literals in code, never for input.</summary>
    public static Service Parse(string text) =>
        TryParse(text, out var service, out var problem) ? service : throw new FormatException($"\"{text}\": {problem}.");

    /// <inheritdoc/>
    public int CompareTo(Service other)
    {
        var order = Protocol.CompareTo(other.Protocol);
        if (order == 0) order = From.CompareTo(other.From);
        return order != 0 ? order : To.CompareTo(other.To);
    }

    /// <summary>The contract's syntax; round-trips through <see cref="TryParse"/>.</summary>
    public override string ToString()
    {
        if (Protocol == Protocol.All) return "any";
        if (Protocol.HasPorts) return From == To ? $"{Protocol}/{From}" : $"{Protocol}/{From}-{To}";
        if (Protocol.HasTypes) return From < 0 ? Protocol.WireName : $"{Protocol}/{From}/{To}";
        return $"proto/{Protocol.Number}";
    }

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(Service left, Service right) => left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(Service left, Service right) => left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(Service left, Service right) => left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(Service left, Service right) => left.CompareTo(right) >= 0;

    private static bool TryParsePorts(Protocol protocol, string text, out Service service, out string? problem)
    {
        service = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var firstText = dash < 0 ? text : text[..dash];
        var lastText = dash < 0 ? text : text[(dash + 1)..];
        if (!TryNumber(firstText, out var first) || !TryNumber(lastText, out var last) || first < 0 || last < 0)
        {
            problem = $"\"{text}\" is not a port or a range FIRST-LAST";
            return false;
        }

        return TryCreate(protocol, first, last, out service, out problem);
    }

    /// <summary>Digits, or -1 for all; "+8" and "-0" are slips, not numbers.</summary>
    private static bool TryNumber(string text, out int number)
    {
        if (text != "-1") return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        number = -1;
        return true;
    }
}
