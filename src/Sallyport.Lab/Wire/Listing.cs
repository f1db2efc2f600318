using System.Text;

namespace Sallyport.Lab.Wire;

/// <summary>Cuts pages: MaxResults and NextToken of one describe call.</summary>
internal sealed class Listing
{
    private readonly string _identity;

    /// <summary>Reads the paging parameters; filters and ids are part of what a token is bound to.</summary>
    public Listing(string operation, ParameterNode input)
    {
        PageSize = input.Number("MaxResults") ?? int.MaxValue;
        if (PageSize < 1) throw Refusals.TooSmall("MaxResults", $"{PageSize}", 1);
        _identity = Identity(operation, input);
        if (input.Text("NextToken") is not { } token) return;
        After = PageToken.Read(_identity, token);
        if (PageSize == int.MaxValue) PageSize = 1000;
    }

    /// <summary>Most items on this page.</summary>
    public int PageSize { get; }

    /// <summary>The key after which this page starts; null for the first page.</summary>
    public string? After { get; }

    /// <summary>One page of items that come in key order and all lie after <see cref="After"/>.</summary>
    public (List<T> Items, string? NextToken) Cut<T>(IEnumerable<T> items, Func<T, string> key)
    {
        var page = new List<T>();
        foreach (var item in items)
        {
            if (page.Count == PageSize) return (page, PageToken.Write(_identity, key(page[^1])));
            page.Add(item);
        }

        return (page, null);
    }

    private static string Identity(string operation, ParameterNode input)
    {
        var text = new StringBuilder(operation);
        foreach (var filter in input.Items("Filter"))
        {
            text.Append('\u0001').Append(filter.Text("Name"));
            foreach (var value in filter.Texts("Value")) text.Append('\u0002').Append(value);
        }

        return text.ToString();
    }
}
