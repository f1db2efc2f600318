using Sallyport.Estates;
using Sallyport.Lab.Storage;

namespace Sallyport.Lab.Wire;

/// <summary>
/// A describe operation as one definition: where the items are, how they are named, filtered and written. Everything such
/// operations share (ids that must exist, filters, pages, dry runs) is here once.
/// </summary>
/// <param name="Name">The action.</param>
/// <param name="Wrapper">Element that holds the items.</param>
/// <param name="Items">The items in key order after a key (null for the first), as a describe sees them now.</param>
/// <param name="Key">An item's key, its id.</param>
/// <param name="Write">Takes what an item's members need while the lab is locked; what it returns writes them afterwards.</param>
internal sealed record Describe<T>(
    string Name,
    string Wrapper,
    Func<Call, string?, IEnumerable<T>> Items,
    Func<T, string> Key,
    Func<Call, T, Action<ReplyWriter>> Write)
{
    /// <summary>The id list parameter, such as <c>VpcId</c>; null when there is none.</summary>
    public string? IdParameter { get; init; }

    /// <summary>Looks one id up; null when it does not exist. Scans <see cref="Items"/> when not given.</summary>
    public Func<Call, string, T?>? Find { get; init; }

    /// <summary>What a well-formed id looks like.</summary>
    public ResourceKind? IdKind { get; init; }

    /// <summary>Filters beside tags.</summary>
    public IEnumerable<(string Name, Func<Call, T, IEnumerable<string?>> Values)> Filters { get; init; } = [];

    /// <summary>Tags, when <c>tag:key</c> and <c>tag-key</c> are filters here.</summary>
    public Func<T, Tags>? Tags { get; init; }

    /// <summary>Bounds of MaxResults as notation, such as <c>[5..1000]</c>; null when the operation is not paged.</summary>
    public string? PageBounds { get; init; } = "[5..1000]";

    /// <summary>True where EC2 refuses MaxResults together with ids.</summary>
    public bool IdsExcludePaging { get; init; }

    /// <summary>Further parameters, as notation.</summary>
    public string MoreParameters { get; init; } = string.Empty;

    /// <summary>Further conditions from <see cref="MoreParameters"/>; checked before filters.</summary>
    public Func<Call, Func<T, bool>>? Also { get; init; }

    /// <summary>The finished operation.</summary>
    public Operation ToOperation()
    {
        var parameters = "DryRun:bool,Filter.n.{Name,Value.m}";
        if (IdParameter is not null) parameters += $",{IdParameter}.n";
        if (PageBounds is not null) parameters += $",MaxResults:int{PageBounds},NextToken";
        if (MoreParameters.Length > 0) parameters += $",{MoreParameters}";
        return Operation.Read(Name, parameters, Run);
    }

    private PageReply Run(Call call)
    {
        var listing = new Listing(Name, call.Input);
        var known = Filters.Select(f => (f.Name, (Func<T, IEnumerable<string?>>)(item => f.Values(call, item))));
        var passes = new Filters<T>(Tags, known).Read(call.Input);
        var also = Also?.Invoke(call);
        var ids = IdParameter is null ? [] : call.Input.Texts(IdParameter);
        if (ids.Count > 0 && IdsExcludePaging && call.Input.Has("MaxResults"))
        {
            throw Refusals.InvalidCombination($"The parameter {IdParameter} cannot be used with the parameter maxResults");
        }

        var candidates = ids.Count > 0 ? ByIds(call, ids, listing.After) : Items(call, listing.After);
        if (also is not null) candidates = candidates.Where(also);
        var (page, token) = listing.Cut(candidates.Where(passes), Key);
        call.EndOfChecks();
        return new PageReply(Wrapper, page.ConvertAll(item => Write(call, item)), token);
    }

    private IEnumerable<T> ByIds(Call call, List<string> ids, string? after)
    {
        var found = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (IdKind?.IsWellFormed(id) == false) throw IdKind.Malformed(id);
            var item = Find is not null ? Find(call, id) : Items(call, null).FirstOrDefault(i => Key(i) == id);
            found[id] = item is not null ? item : throw (IdKind?.NotFound(id) ?? Refusals.InvalidId(id));
        }

        return found.Where(p => after is null || string.CompareOrdinal(p.Key, after) > 0).Select(p => p.Value);
    }
}
