using System.Globalization;

namespace Sallyport.Estates;

/// <summary>
/// Interfaces by id. What several sources say of one is put together: a value that only one of them knows is taken, and where two
/// contradict each other the reading with more groups, then with more addresses, stands, in whichever order they came.
/// </summary>
internal sealed class InterfaceReadings
{
    private readonly Dictionary<NetworkInterfaceId, NetworkInterface> _first = [];

    // By all that a reading holds, so that the same one twice is one.
    private readonly Dictionary<NetworkInterfaceId, SortedDictionary<string, NetworkInterface>> _several = [];

    /// <summary>Takes one reading.</summary>
    public void Add(NetworkInterface value)
    {
        if (_first.TryAdd(value.Id, value)) return;
        if (!_several.TryGetValue(value.Id, out var readings))
        {
            var first = _first[value.Id];
            _several.Add(value.Id, readings = new SortedDictionary<string, NetworkInterface>(StringComparer.Ordinal) { [TextOf(first)] = first });
        }

        readings.TryAdd(TextOf(value), value);
    }

    /// <summary>Takes every reading of another.</summary>
    public void Add(InterfaceReadings other)
    {
        foreach (var (id, first) in other._first)
        {
            if (!other._several.TryGetValue(id, out var readings)) Add(first);
            else foreach (var reading in readings.Values) Add(reading);
        }
    }

    /// <summary>True when the interface was read.</summary>
    public bool Holds(NetworkInterfaceId id) => _first.ContainsKey(id);

    /// <summary>Each interface once, as its readings say together.</summary>
    public IEnumerable<NetworkInterface> Settled() => _first.Values.Select(f => _several.TryGetValue(f.Id, out var readings) ? Settled(readings.Values) : f);

    /// <summary>Interfaces of which readings contradict each other, sorted, each with what they contradict each other in.</summary>
    public IEnumerable<(NetworkInterfaceId Id, IReadOnlyList<string> In)> Contradictions() => _several
        .Select(s => (s.Key, In: (IReadOnlyList<string>)[.. Traits.Where(t => s.Value.Values.Select(t.ValueOf).OfType<string>().Distinct(StringComparer.Ordinal).Skip(1).Any()).Select(t => t.Name)]))
        .Where(c => c.In.Count > 0)
        .OrderBy(c => c.Key);

    private static NetworkInterface Settled(IEnumerable<NetworkInterface> readings) => readings
        .OrderByDescending(r => r.Groups.Length)
        .ThenByDescending(r => r.Addresses.Length + r.Prefixes.Length + r.PublicAddresses.Length)
        .Aggregate((known, other) => known with
        {
            Scope = known.Scope.FilledFrom(other.Scope),
            Vpc = known.Vpc ?? other.Vpc,
            Subnet = known.Subnet ?? other.Subnet,
            Status = known.Status.Length > 0 ? known.Status : other.Status,
            Description = known.Description.Length > 0 ? known.Description : other.Description,
            RequesterId = known.RequesterId ?? other.RequesterId,
            Instance = known.Instance ?? other.Instance,
            Tags = known.Tags.IsEmpty ? other.Tags : known.Tags,
        });

    // In the order in which they are told; null where a reading does not know.
    private static readonly (string Name, Func<NetworkInterface, string?> ValueOf)[] Traits =
    [
        ("account", n => Known(n.Scope.Account)),
        ("Region", n => Known(n.Scope.Region)),
        ("VPC", n => n.Vpc?.Value),
        ("subnet", n => n.Subnet?.Value),
        ("groups", n => string.Join(' ', n.Groups.Order())),
        ("addresses", n => string.Join(' ', n.Addresses.Order())),
        ("prefixes", n => string.Join(' ', n.Prefixes.Order())),
        ("public addresses", n => string.Join(' ', n.PublicAddresses.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal))),
        ("type", n => n.InterfaceType),
        ("status", n => Known(n.Status)),
        ("instance", n => n.Instance),
        ("requester", n => n.RequesterId),
        ("requester-managed flag", n => n.RequesterManaged ? "true" : "false"),
        ("source/destination check", n => n.SourceDestCheck ? "true" : "false"),
        ("description", n => Known(n.Description)),
        ("tags", n => n.Tags.IsEmpty ? null : string.Join(string.Empty, n.Tags.Pairs.Select(p => Framed(p.Key) + Framed(p.Value)))),
    ];

    // Free text may hold any separator, so every value stands behind its length.
    private static string TextOf(NetworkInterface nic) =>
        string.Join(' ', nic.Addresses) + string.Concat(Traits.Select(t => Framed(t.ValueOf(nic)))) + string.Concat(nic.Tags.Unknown.Select(u => Framed(u.Key) + Framed(u.Value)));

    private static string Framed(string? text) => text is null ? "-:" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");

    private static string? Known(string text) => text.Length > 0 ? text : null;
}
