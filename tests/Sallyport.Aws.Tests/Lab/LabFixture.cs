using Sallyport.Lab;

namespace Sallyport.Aws.Tests.Lab;

/// <summary>One fresh lab for a class of tests.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    public LabServer Server { get; private set; } = null!;

    internal LabClient Client => new(Server);

    public async ValueTask InitializeAsync() => Server = await LabServer.StartAsync(new LabOptions(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Assert.Null(Server.LastBug);
        await Server.DisposeAsync();
    }
}
