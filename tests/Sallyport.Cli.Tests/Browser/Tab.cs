using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;

namespace Sallyport.Cli.Tests.Browser;

/// <summary>One page in the browser: what it did, what it shows, and a keyboard.</summary>
internal sealed class Tab(Chromium browser, string target, string session) : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(ReadAxe);

    private volatile TaskCompletionSource _loaded = new();

    /// <summary>Errors and warnings of the console, uncaught exceptions, refusals of the page's policy.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Addresses that were asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Texts of <c>alert</c> and the like.</summary>
    public ConcurrentQueue<string> Dialogs { get; } = new();

    public async Task StartAsync(int width, int height)
    {
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" }) await SendAsync($"{domain}.enable");
        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
    }

    public async ValueTask DisposeAsync() => await browser.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = target });

    public Task PreferDarkAsync() => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }),
    });

    public Task AllowClipboardAsync() => browser.SendAsync("Browser.grantPermissions", new JsonObject { ["permissions"] = new JsonArray("clipboardReadWrite", "clipboardSanitizedWrite") });

    public Task PrintMediaAsync() => SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });

    public Task WithoutScriptsAsync() => SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });

    /// <summary>Opens a file and waits until it is loaded.</summary>
    public async Task OpenFileAsync(string path)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await _loaded.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>The value of an expression as text; a promise is awaited.</summary>
    public async Task<string> AskAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"(async () => String(await ({expression})))()", ["awaitPromise"] = true, ["returnByValue"] = true });
        if (answer["exceptionDetails"] is { } problem) throw new InvalidOperationException(problem.ToJsonString());
        return answer["result"]!["value"]!.GetValue<string>();
    }

    /// <summary>The value of an expression that needs no script to run in the page, such as a count of elements.</summary>
    public async Task<string> AskAtOnceAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = $"String({expression})", ["returnByValue"] = true });
        if (answer["exceptionDetails"] is { } problem) throw new InvalidOperationException(problem.ToJsonString());
        return answer["result"]!["value"]!.GetValue<string>();
    }

    /// <summary>Asks until the answer is that text; the last answer after five seconds.</summary>
    public async Task<string> AwaitAsync(string expression, string wanted)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await AskAsync(expression) == wanted) return wanted;
            await Task.Delay(50);
        }

        return await AskAsync(expression);
    }

    /// <summary>Presses and releases Tab, Enter or Space.</summary>
    public async Task PressAsync(string key)
    {
        var (code, number, text) = key switch
        {
            "Tab" => ("Tab", 9, ""),
            "Enter" => ("Enter", 13, "\r"),
            "Space" => ("Space", 32, " "),
            _ => throw new ArgumentException($"No such key: {key}.", nameof(key)),
        };
        foreach (var type in new[] { "keyDown", "keyUp" })
        {
            var stroke = new JsonObject { ["type"] = type, ["key"] = key == "Space" ? " " : key, ["code"] = code, ["windowsVirtualKeyCode"] = number };
            if (type == "keyDown" && text.Length > 0) stroke["text"] = text;
            await SendAsync("Input.dispatchKeyEvent", stroke);
        }
    }

    /// <summary>Types into what has the focus.</summary>
    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    /// <summary>Serious and critical findings of axe, one line each; empty when there are none.</summary>
    public async Task<string> AxeAsync()
    {
        await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = Axe.Value });
        return await AskAsync("""
            axe.run(document, { resultTypes: ["violations"] }).then(r => {
              if (r.passes.length < 10) return "axe ran almost no check: " + r.passes.length;
              return r.violations.filter(v => v.impact === "serious" || v.impact === "critical")
                .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")).join("\n");
            })
            """);
    }

    /// <summary>A picture of the window as it is.</summary>
    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }))["data"]!.GetValue<string>());

    /// <summary>The page as it prints.</summary>
    public async Task<byte[]> PdfAsync() =>
        Convert.FromBase64String((await SendAsync("Page.printToPDF", new JsonObject { ["printBackground"] = true }))["data"]!.GetValue<string>());

    public void Take(string method, JsonObject parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Page.javascriptDialogOpening":
                Dialogs.Enqueue(parameters["message"]!.GetValue<string>());
                _ = SendAsync("Page.handleJavaScriptDialog", new JsonObject { ["accept"] = true });
                break;
            case "Network.requestWillBeSent":
                Requests.Enqueue(parameters["request"]!["url"]!.GetValue<string>());
                break;
            case "Runtime.exceptionThrown":
                Complaints.Enqueue(parameters["exceptionDetails"]!.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.GetValue<string>() is "error" or "warning" or "assert":
                Complaints.Enqueue(parameters["args"]!.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                Complaints.Enqueue(parameters["entry"]!.ToJsonString());
                break;
        }
    }

    private Task<JsonObject> SendAsync(string method, JsonObject? parameters = null) => browser.SendAsync(method, parameters, session);

    private static string ReadAxe()
    {
        using var stream = typeof(AxeResult).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
