using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Cli.Tests.Browser;

/// <summary>
/// A real Chromium without a window, spoken to over its DevTools protocol; or the reason there is none. <c>test.sh</c> installs
/// it. No driver package is needed for the dozen calls the tests make.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly ConcurrentDictionary<string, Tab> _tabs = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly ClientWebSocket _socket = new();
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("sallyport-chromium-");
    private Process? _process;
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    /// <summary>Why there is no browser; null when there is one.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path)
        {
            Missing = "chromium is not on the PATH";
            return;
        }

        _process = Process.Start(new ProcessStartInfo(path,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", "about:blank",
        ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        var address = new TaskCompletionSource<Uri>();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) address.TrySetException(new InvalidOperationException("Chromium ended before it listened."));
            else if (line.Data.IndexOf("ws://", StringComparison.Ordinal) is >= 0 and var at) address.TrySetResult(new Uri(line.Data[at..].Trim()));
        };
        _process.BeginErrorReadLine();
        await _socket.ConnectAsync(await address.Task.WaitAsync(TimeSpan.FromSeconds(60)), _end.Token);
        _reading = ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        if (_process is not null)
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _sending.Dispose();
        _end.Dispose();
        for (var attempt = 0; attempt < 20 && _profile.Exists; attempt++)
        {
            try
            {
                _profile.Delete(recursive: true);
                return;
            }
            catch (IOException)
            {
                // A helper process of the browser may write for a moment more.
                await Task.Delay(100);
            }
        }
    }

    /// <summary>A new, empty tab of its own size.</summary>
    internal async Task<Tab> OpenAsync(int width = 1280, int height = 900)
    {
        var target = (await SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank", ["newWindow"] = true }))["targetId"]!.GetValue<string>();
        var session = (await SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!.GetValue<string>();
        var tab = new Tab(this, target, session);
        _tabs[session] = tab;
        await tab.StartAsync(width, height);
        return tab;
    }

    internal async Task<JsonObject> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null) message["sessionId"] = session;
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(90));
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                using var message = new MemoryStream();
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);

                Take(JsonNode.Parse(message.ToArray())!.AsObject());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            foreach (var waiting in _waiting.Values) waiting.TrySetException(new InvalidOperationException("Chromium is gone.", e));
        }
    }

    private void Take(JsonObject message)
    {
        if (message["id"] is { } id)
        {
            if (!_waiting.TryRemove(id.GetValue<int>(), out var waiting)) return;
            if (message["error"] is { } error) waiting.SetException(new InvalidOperationException(error.ToJsonString()));
            else waiting.SetResult(message["result"]!.AsObject());
        }
        else if (message["sessionId"]?.GetValue<string>() is { } session && _tabs.TryGetValue(session, out var tab))
        {
            tab.Take(message["method"]!.GetValue<string>(), message["params"]!.AsObject());
        }
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
