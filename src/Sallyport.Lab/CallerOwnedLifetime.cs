using Microsoft.Extensions.Hosting;

namespace Sallyport.Lab;

/// <summary>The program that starts a lab owns Ctrl-C and the termination signals; the web host must not take them away.</summary>
internal sealed class CallerOwnedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
