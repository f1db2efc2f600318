using Sallyport.Aws.Ec2.Query;
using Sallyport.Aws.Ec2.Wire;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>
/// EC2 of one account in one Region, in the estate's own types. Every method throws <see cref="Ec2Exception"/> when the call did not
/// succeed. Reads follow every page; changes are one call each.
/// </summary>
public sealed partial class Ec2Client
{
    private readonly QueryChannel _channel;
    private readonly CallTarget _target;

    internal Ec2Client(QueryChannel channel, CallTarget target)
    {
        _channel = channel;
        _target = target;
    }

    /// <summary>The account of the credentials (empty while unknown) and the Region.</summary>
    public Scope Scope => new(_channel.Account, _target.Region);

    private Task<T> SendAsync<T>(Operation operation, QueryParameters parameters, Func<ResponseReader, T> read, CancellationToken cancellationToken) =>
        _channel.SendAsync(_target, operation, parameters, read, cancellationToken);

    /// <summary>
    /// Reads every page of a list. Always asks for pages: an unpaginated describe draws from a smaller bucket and may time out.
    /// </summary>
    private async Task<List<T>> ListAsync<T>(Operation operation, string set, QueryParameters parameters, Func<ResponseReader, T?> item, CancellationToken cancellationToken)
        where T : class
    {
        var all = new List<T>();
        if (operation.MaxResults > 0) parameters = parameters.With("MaxResults", operation.MaxResults.ToString());
        string? token = null;
        do
        {
            var page = token is null ? parameters : parameters.With("NextToken", token);
            var next = await SendAsync(operation, page, ReadPage, cancellationToken);
            if (next is not null && next == token)
            {
                throw new Ec2Exception(FailureKind.BadAnswer, operation.Name, Scope, "RepeatedNextToken", "the same page token came twice");
            }

            token = next;
        }
        while (token is not null);
        return all;

        string? ReadPage(ResponseReader xml)
        {
            string? next = null;
            var items = new List<T>();
            foreach (var name in xml.Children())
            {
                if (name == set) items = xml.List(() => item(xml));
                else if (name == "nextToken") next = xml.OptionalText();
            }

            all.AddRange(items); // only when the whole page was read
            return next;
        }
    }

    private Task<List<T>> ListAsync<T>(Operation operation, string set, Func<ResponseReader, T?> item, CancellationToken cancellationToken)
        where T : class => ListAsync(operation, set, new QueryParameters(), item, cancellationToken);

    /// <summary>Names of the Regions the account may use, sorted.</summary>
    public async Task<IReadOnlyList<string>> DescribeRegionsAsync(CancellationToken cancellationToken)
    {
        var names = await ListAsync(Operations.DescribeRegions, "regionInfo", RegionXml.Read, cancellationToken);
        return [.. names.Distinct().Order(StringComparer.Ordinal)];
    }
}
