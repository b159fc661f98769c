using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>
/// The other side in Node: a process that stays, so that its compiler is as warm as ours, and that idles while ours runs. One line of JSON
/// in, one line out.
/// </summary>
internal sealed class NodePeer : IDisposable
{
    private readonly Process process;

    private NodePeer(Process process) => this.process = process;

    /// <summary>The folder with the modules and their packages.</summary>
    public static string Folder { get; } = Repository.PathOf("benchmarks/node");

    /// <summary>Starts <c>benchmarks/node/MODULE.mjs</c>.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="nodeOptions">Options of Node itself.</param>
    /// <exception cref="InvalidOperationException">Node.js or the packages are missing; says what to do.</exception>
    public static NodePeer Start(string module, params string[] nodeOptions)
    {
        var node = Requirements.NodePath
            ?? throw new InvalidOperationException("Needs Node.js 20 or later: install it (apt-get install nodejs npm).");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            throw new InvalidOperationException("Needs what is compared with: run `npm ci` in benchmarks/node.");
        }

        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(node, [.. nodeOptions, module + ".mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        return new NodePeer(Process.Start(start)!);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="InvalidOperationException">The other side failed; with its stack.</exception>
    public JsonNode Ask(JsonObject request)
    {
        process.StandardInput.WriteLine(request.ToJsonString());
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Node process ended.");
        var answer = JsonNode.Parse(line)!;
        return answer["failure"] is { } failure ? throw new InvalidOperationException($"The Node process failed: {failure}") : answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }
}
