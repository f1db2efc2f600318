using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.Lab.Identity;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab;

/// <summary>
/// An EC2-compatible endpoint on loopback that answers from memory: security groups and everything around them, strict where
/// EC2 is strict (EC2 API version 2016-11-15), and the two STS actions its clients need.
/// </summary>
public sealed class LabServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly QueryEndpoint _endpoint;

    private LabServer(WebApplication application, QueryEndpoint endpoint, KeyRing keys, ImmutableArray<string> regions, LabCalls calls)
    {
        _application = application;
        _endpoint = endpoint;
        Credentials = [.. keys.Credentials];
        Regions = regions;
        Calls = calls;
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Endpoint = new Uri(address);
    }

    /// <summary>Where clients send requests, as <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>One key pair for each account, sorted by account.</summary>
    public ImmutableArray<LabCredentials> Credentials { get; }

    /// <summary>Regions the lab serves, sorted.</summary>
    public ImmutableArray<string> Regions { get; }

    /// <summary>How often each operation was called.</summary>
    public LabCalls Calls { get; }

    /// <summary>The last exception that was no answer EC2 would give: a bug of the lab.</summary>
    internal Exception? LastBug => _endpoint.LastBug;

    /// <summary>
    /// Starts a lab. Throws <see cref="LabStateException"/> when the state file cannot be understood and
    /// <see cref="IOException"/> when the port is taken.
    /// </summary>
    public static async Task<LabServer> StartAsync(LabOptions options, CancellationToken cancellationToken)
    {
        var world = new World(new ReadView(options.VisibilityDelay));
        var stateFile = options.StateFile is null ? null : new StateFile(options.StateFile);
        if (stateFile?.TryLoad(world) != true)
        {
            WorldLoader.Load(world, options);
            stateFile?.Save(world);
        }

        var keys = new KeyRing(world.Accounts);
        var calls = new LabCalls();
        var endpoint = new QueryEndpoint(options, world, keys, calls, stateFile);
        ImmutableArray<string> regions = [.. world.RegionNames];

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, CallerOwnedLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var application = builder.Build();
        application.Run(endpoint.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException)
        {
            await application.DisposeAsync();
            throw;
        }

        return new LabServer(application, endpoint, keys, regions, calls);
    }

    /// <summary>
    /// What a client needs in its environment to use the lab as one account: key pair, endpoint and Region. The second Region
    /// variable is for tools that read only that one.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Environment(string account, string? region = null)
    {
        var credentials = Credentials.First(c => c.Account == account);
        var where = region ?? Regions[0];
        return
        [
            new("AWS_ACCESS_KEY_ID", credentials.AccessKeyId),
            new("AWS_SECRET_ACCESS_KEY", credentials.SecretAccessKey),
            new("AWS_ENDPOINT_URL", Endpoint.ToString().TrimEnd('/')),
            new("AWS_REGION", where),
            new("AWS_DEFAULT_REGION", where),
        ];
    }

    /// <summary>Stops answering; open calls are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await _application.StopAsync(stop.Token);
        await _application.DisposeAsync();
    }
}
