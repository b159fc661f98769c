using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>
/// Three sources of a graph of which every answer tells its version three times: <c>price</c> and <c>text</c> are each looked up by a field that only this version has, and the answer says the
/// number that was in it, so that it tells the plan's version; the description of <c>Marker</c> tells the version of the schema. Where <c>movesAddresses</c> is given, each version has addresses of
/// its own as well, and a source that is asked at one of them for another version answers with an error. So a request that meets two graphs has another answer than any version gives.
/// </summary>
internal sealed partial class VersionedSources : IAsyncDisposable
{
    private const string Settings = """{"dialect":"composite"}""";
    private static readonly string[] Names = ["catalog", "prices", "texts"];

    private readonly ConcurrentDictionary<(int Operation, int Version), byte[]> expected = new();
    private readonly WebApplication server;
    private readonly string address;
    private readonly int parts;
    private readonly bool movesAddresses;

    private VersionedSources(WebApplication server, string address, int parts, int operations, bool movesAddresses) =>
        (this.server, this.address, this.parts, Operations, this.movesAddresses) = (server, address, parts, operations, movesAddresses);

    /// <summary>How many different operations there are.</summary>
    public int Operations { get; }

    /// <summary>Starts them.</summary>
    /// <param name="port">Where they listen on loopback.</param>
    /// <param name="parts">How many types each has that say nothing, so that the graph has a size.</param>
    /// <param name="operations">How many different operations there are.</param>
    /// <param name="movesAddresses">Whether each version has addresses of its own.</param>
    public static async Task<VersionedSources> StartAsync(int port, int parts, int operations, bool movesAddresses)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        return new VersionedSources(server, address, parts, operations, movesAddresses);
    }

    /// <summary>The sources of a version; of all but the first, those that change.</summary>
    /// <param name="version">Its number, from 1 on.</param>
    public ImmutableArray<SourcePublication> Publications(int version)
    {
        SourcePublication Of(string source, string schema) => new(source, schema + Parts(source))
        {
            Settings = Settings,
            Url = movesAddresses ? $"{address}/{source}/v{version}" : $"{address}/{source}",
        };
        string Lookup(string source, string field, string type) =>
            $"type Query {{ {field}V{version}(id: ID!): Item @lookup @internal {Roots(source)} }}\ntype Item @key(fields: \"id\") {{ id: ID! {field}: {type}! }}\n";
        var prices = Of("prices", Lookup("prices", "price", "Int"));
        var texts = Of("texts", Lookup("texts", "text", "String") + $"\"version {version}\" type Marker {{ x: Int }}\nextend type Query {{ marker: Marker }}\n");
        return version > 1 ? [prices, texts]
            : [Of("catalog", $"type Query {{ item(id: ID!): Item {Roots("catalog")} }}\ntype Item @key(fields: \"id\") {{ id: ID! }}\n"), prices, texts];
    }

    /// <summary>The body of a request.</summary>
    /// <param name="operation">Which, from 0 on.</param>
    public byte[] Request(int operation) => Encoding.UTF8.GetBytes(
        $$"""{"query":"query Op{{operation}} { item(id: \"1\") { id price text } {{string.Join(' ', Names.Select(source => $"{PartOf(source, operation)} {{ a b next {{ a c next {{ d e }} }} }}"))}} __type(name: \"Marker\") { description } }"}""");

    /// <summary>Which version an answer is of; null where it is not wholly of one.</summary>
    /// <param name="operation">Of which operation.</param>
    /// <param name="answer">The body.</param>
    public int? VersionOf(int operation, ReadOnlySpan<byte> answer)
    {
        var mark = answer.LastIndexOf("version "u8);
        return mark >= 0 && System.Buffers.Text.Utf8Parser.TryParse(answer[(mark + "version ".Length)..], out int version, out _)
            && answer.SequenceEqual(expected.GetOrAdd((operation, version), Expected))
            ? version
            : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private byte[] Expected((int Operation, int Version) of)
    {
        var parts = string.Concat(Names.Select(source => $"\"{PartOf(source, of.Operation)}\":null,"));
        return Encoding.UTF8.GetBytes(
            $"{{\"data\":{{\"item\":{{\"id\":\"1\",\"price\":{of.Version},\"text\":\"{of.Version}\"}},{parts}\"__type\":{{\"description\":\"version {of.Version}\"}}}}}}");
    }

    private string PartOf(string source, int operation) => string.Create(CultureInfo.InvariantCulture, $"{source}Part{operation % parts}");

    private string Roots(string source) => string.Concat(Enumerable.Range(0, parts).Select(i => $"{source}Part{i}: {source}Type{i} "));

    private string Parts(string source) => string.Concat(Enumerable.Range(0, parts).Select(
        i => $"type {source}Type{i} {{ a: String b: Int c: [String!] d: ID e(first: Int = 1): Float next: {source}Type{(i + 1) % parts} }}\n"));

    private static async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var place = PlacePattern().Match(context.Request.Path.Value!);
        var fields = RootPattern().Matches(body).Select(match => AnswerOf(match, place)).ToArray();
        var answer = Encoding.UTF8.GetBytes(fields.Length > 0 && !fields.Contains(null) ? $"{{\"data\":{{{string.Join(',', fields)}}}}}" : """{"errors":[{"message":"Asked for another version."}]}""");
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", answer.Length);
        await context.Response.Body.WriteAsync(answer);
    }

    // Null where it is asked at the address of another version.
    private static string? AnswerOf(Match match, Match place)
    {
        var (field, version) = (match.Groups["field"].Value, match.Groups["version"].Value);
        var key = match.Groups["alias"] is { Success: true, Value: var alias } ? alias : match.Groups["name"].Value;
        return version.Length > 0 && place.Groups["version"] is { Success: true, Value: var at } && at != version ? null
            : field switch
            {
                "item" => $"\"{key}\":{{\"__typename\":\"Item\",\"id\":\"1\"}}",
                "price" => $"\"{key}\":{{\"__typename\":\"Item\",\"id\":\"1\",\"price\":{version}}}",
                "text" => $"\"{key}\":{{\"__typename\":\"Item\",\"id\":\"1\",\"text\":\"{version}\"}}",
                _ => $"\"{key}\":null",
            };
    }

    [GeneratedRegex(@"(?:(?<alias>\w+)\s*:\s*)?\b(?<name>(?<field>price|text)V(?<version>\d+)|(?<field>item)(?=\s*\()|(?<field>\w+Part)\d+)\b")]
    private static partial Regex RootPattern();

    [GeneratedRegex(@"/v(?<version>\d+)$")]
    private static partial Regex PlacePattern();
}
