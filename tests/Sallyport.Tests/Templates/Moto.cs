using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sallyport.Tests.Templates;

/// <summary>A real <c>moto_server</c> on a free loopback port for as long as a check runs.</summary>
internal static class Moto
{
    /// <summary>Runs the check with the variables that lead the AWS CLI to the server; skips where moto or the AWS CLI is not here.</summary>
    public static async Task UseAsync(Func<(string, string)[], Task> check)
    {
        Assert.SkipUnless(ChildProcess.OnPath("moto_server") && ChildProcess.OnPath("aws"), "moto_server or aws is not here.");
        var port = FreePort();
        using var moto = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        moto.OutputDataReceived += (_, _) => { };
        moto.ErrorDataReceived += (_, _) => { };
        moto.BeginOutputReadLine();
        moto.BeginErrorReadLine();
        try
        {
            await WaitForAsync(port);
            await check([("AWS_ENDPOINT_URL", $"http://127.0.0.1:{port}"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_DEFAULT_REGION", "us-east-1"), ("AWS_PAGER", "")]);
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
            await moto.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitForAsync(int port)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        Assert.Fail("moto_server did not start within 30 s.");
    }
}
