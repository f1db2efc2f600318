using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.Aws.Tests.Ec2;

/// <summary>A real <c>moto_server</c> process on a free loopback port, or the reason there is none.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private Process? _process;

    public Uri? Endpoint { get; private set; }

    public string Missing { get; private set; } = "moto_server is not on the PATH";

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        try
        {
            _process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return;
        }

        _process!.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 300 && !_process.HasExited; attempt++)
        {
            try
            {
                await http.GetAsync(new Uri($"http://127.0.0.1:{port}/moto-api/"));
                Endpoint = new Uri($"http://127.0.0.1:{port}/");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        Missing = "moto_server did not start";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
