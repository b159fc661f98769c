using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>Whatever is wrong in an answer of a registry is a line that says so, whatever the command: real answers, each with one thing in it that is another one.</summary>
public sealed class AnswersOfRegistriesTests : IAsyncLifetime, IDisposable
{
    private const string Gone = "gone";

    private static readonly string[] Values =
        Environment.GetEnvironmentVariable("GRAPHGATEWAY_TEST_NIGHTLY") == "1" ? ["null", "-1", "99999999999", "\"\"", "\"\\u0000\\u001b[31m\"", "[]", "{}", "true", "[null]", Gone] : ["null", "99999999999", "\"\"", "[]", Gone];

    private static readonly string[] Dev = ["--graph", "shop", "--stage", "dev"];

    private readonly RegistryShop shop = new() { IsOverHttp = true };

    public async Task InitializeAsync()
    {
        string[] publish = ["publish", .. Dev, "--settings", shop.Settings, "--url", "http://127.0.0.1:1/", "--author", "ann"];
        Assert.Equal(0, (await shop.RunAsync([.. publish, "--source", "users", "--schema", shop.Users])).Code);
        Assert.Equal(0, (await shop.RunAsync([.. publish, "--source", "orders", "--schema", shop.Orders, "--wait-for-approval"])).Code);
        Assert.Equal(1, (await shop.RunAsync([.. publish, "--source", "bad", "--schema", shop.Folder.Write("bad.graphqls", "type Query { x: Missing }")])).Code);
    }

    public Task DisposeAsync() => shop.StopAsync();

    public void Dispose() => shop.Dispose();

    [Fact]
    public async Task What_is_wrong_in_an_answer_ends_no_command()
    {
        var failures = new List<string>();
        using var registry = new RecordedRegistry(shop.Address);
        string[] users = ["--source", "users", "--schema", shop.Users, "--settings", shop.Settings];
        foreach (var command in new string[][]
        {
            ["list"], ["list", .. Dev, "--json"], ["list", .. Dev], ["history", .. Dev], ["history", .. Dev, "--json"], ["history", "--graph", "shop", "--source", "users"],
            ["history", .. Dev, "--launch", "3"], ["fetch", .. Dev], ["fetch", .. Dev, "--launch", "1", "--source", "users"], ["diff", .. Dev, "--from", "1", "--to", "2"], ["usage", .. Dev],
            ["publish", .. Dev, .. users], ["publish", .. Dev, .. users, "--json"], ["check", .. Dev, "--source", "users", "--schema", shop.Folder.Write("other.graphqls", "type Query { me: String }")],
            ["reject", .. Dev, "--launch", "2"], ["registry", "stages", "remove", .. Dev],
        })
        {
            await TryAsync(registry, [.. command, "--registry", registry.Url, "--key-file", Path.Combine(shop.Folder.Path, "ann.key")], failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n{string.Join("\n", failures.Take(60))}");
    }

    private static async Task TryAsync(RecordedRegistry registry, string[] command, List<string> failures)
    {
        await registry.RecordAsync(() => Cli.Run(command));
        Assert.NotEmpty(registry.Answers);
        for (var at = 0; at < registry.Answers.Count; at++)
        {
            if (!registry.Answers[at].Type.Contains("json", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var path in PathsOf(JsonNode.Parse(registry.Answers[at].Body), []).ToList())
            {
                foreach (var value in Values)
                {
                    registry.Replay(at, With(registry.Answers[at].Body, path, value));
                    var (code, output, error) = await Cli.Run(command);
                    var said = output + error;
                    if (code is not (0 or 1) || said.Contains("   at ", StringComparison.Ordinal) || said.Contains("nhandled", StringComparison.Ordinal) || said.Contains('\u001b', StringComparison.Ordinal))
                    {
                        failures.Add($"{string.Join(' ', command.TakeWhile(word => word != "--registry"))}: {string.Join('.', path)} = {value}: {code} {said[..Math.Min(400, said.Length)]}");
                    }
                }
            }
        }
    }

    private static IEnumerable<string[]> PathsOf(JsonNode? node, string[] at)
    {
        yield return at;
        foreach (var (name, value) in MembersOf(node))
        {
            foreach (var path in PathsOf(value, [.. at, name]))
            {
                yield return path;
            }
        }
    }

    // Of lists the first.
    private static IEnumerable<(string Name, JsonNode? Value)> MembersOf(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(member => (member.Key, member.Value)),
        JsonArray { Count: > 0 } items => [("0", items[0])],
        _ => [],
    };

    private static string With(string body, string[] path, string value)
    {
        if (path.Length == 0)
        {
            return value == Gone ? "" : value;
        }

        var root = JsonNode.Parse(body)!;
        var node = root;
        foreach (var step in path[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
        }

        switch (node)
        {
            case JsonArray items when value == Gone:
                items.RemoveAt(0);
                break;
            case JsonArray items:
                items[0] = JsonNode.Parse(value);
                break;
            case JsonObject members when value == Gone:
                members.Remove(path[^1]);
                break;
            default:
                node[path[^1]] = JsonNode.Parse(value);
                break;
        }

        return root.ToJsonString();
    }

    private sealed record Answer(int Status, string Type, string Body);

    /// <summary>Answers what a registry answers, and then the same again, with one answer that is another one.</summary>
    private sealed class RecordedRegistry : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly HttpClient client = new();
        private readonly Uri registry;
        private Answer[]? replayed;
        private int next;

        public RecordedRegistry(string registry)
        {
            this.registry = new Uri(registry);
            Url = $"http://127.0.0.1:{FreePort.Next()}/";
            listener.Prefixes.Add(Url);
            listener.Start();
            _ = AnswerAsync();
        }

        public string Url { get; }

        public List<Answer> Answers { get; } = [];

        public async Task RecordAsync(Func<Task> ask)
        {
            replayed = null;
            Answers.Clear();
            await ask();
        }

        public void Replay(int at, string body)
        {
            replayed = [.. Answers];
            replayed[at] = replayed[at] with { Body = body };
            next = 0;
        }

        public void Dispose()
        {
            listener.Stop();
            client.Dispose();
        }

        private async Task AnswerAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    var answer = replayed is { } answers ? answers[Math.Min(next++, answers.Length - 1)] : await AskAsync(context.Request);
                    context.Response.StatusCode = answer.Status;
                    context.Response.ContentType = answer.Type;
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
                    context.Response.Close();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    // The test is over, or who asked has read enough.
                }
            }
        }

        private async Task<Answer> AskAsync(HttpListenerRequest asked)
        {
            using var request = new HttpRequestMessage(new HttpMethod(asked.HttpMethod), new Uri(registry, asked.RawUrl));
            request.Headers.TryAddWithoutValidation("Authorization", asked.Headers["Authorization"]);
            if (asked.HasEntityBody)
            {
                using var reader = new StreamReader(asked.InputStream);
                request.Content = new StringContent(await reader.ReadToEndAsync(), Encoding.UTF8, "application/json");
            }

            using var response = await client.SendAsync(request);
            Answers.Add(new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsStringAsync()));
            return Answers[^1];
        }
    }
}
