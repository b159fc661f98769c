using System.Buffers;
using System.Text;
using GraphGateway.Language;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Http.Tests;

/// <summary>
/// An endpoint whose executor answers with what it was asked; the documents "broken" and "mutation" are a request error and a mutation.
/// </summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestEndpoint(WebApplication app) => this.app = app;

    /// <param name="options">What the endpoint accepts.</param>
    /// <param name="events">What the document "subscription" gives.</param>
    public static async Task<TestEndpoint> StartAsync(GraphQLHttpOptions? options = null, IAsyncEnumerable<string>? events = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var app = builder.Build();
        app.MapGraphQLHttp("/graphql", new EchoExecutor(events), options ?? new GraphQLHttpOptions());
        await app.StartAsync();
        return new TestEndpoint(app);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => app.GetTestClient().SendAsync(request);

    /// <summary>The response as soon as its headers are there.</summary>
    public Task<HttpResponseMessage> OpenAsync(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        return app.GetTestClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<string> PostAsync(string body, string accept = "application/json", string contentType = "application/json", params (string, string)[] headers) =>
        PostAsync(Encoding.UTF8.GetBytes(body), accept, contentType, headers);

    public Task<string> PostAsync(byte[] body, string accept = "application/json", string contentType = "application/json", params (string, string)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return DescribeAsync(request, accept, headers);
    }

    public Task<string> GetAsync(string query, string accept = "application/json", params (string, string)[] headers) =>
        DescribeAsync(new HttpRequestMessage(HttpMethod.Get, $"/graphql{query}"), accept, headers);

    /// <summary>Status, content type and body on three lines.</summary>
    public async Task<string> DescribeAsync(HttpRequestMessage request, string accept, params (string Name, string Value)[] headers)
    {
        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await SendAsync(request);
        var allow = response.Content.Headers.TryGetValues("Allow", out var methods) ? $" Allow: {string.Join(", ", methods)}" : "";
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType}{allow}\n{await response.Content.ReadAsStringAsync()}";
    }

    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class EchoExecutor(IAsyncEnumerable<string>? events) : IGraphQLRequestExecutor
    {
        public ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken)
        {
            var document = Encoding.UTF8.GetString(request.Document.Span);
            if (document == "broken")
            {
                return new(GraphQLHttpResult.RequestError(new GraphQLError { Message = "It is broken.", Code = ErrorCode.GraphqlValidationFailed }));
            }

            if (document == "subscription" && request.AcceptsStream)
            {
                return new(GraphQLHttpResult.Stream(events!.Select(IGraphQLResponseBody (text) => new EchoBody(text))));
            }

            if (document == "mutation" && request.IsGet)
            {
                return new(GraphQLHttpResult.MethodNotAllowed("Not over GET.", allow: "POST"));
            }

            var named = request.DocumentId is { } id ? $"{(request.IsPersistedQuery ? "hash" : "id")} {id} " : "";
            var said = $"{named}{document}|{request.OperationName}|{Encoding.UTF8.GetString(request.VariablesJson.Span)}|{Encoding.UTF8.GetString(request.ExtensionsJson.Span)}";
            return new(request.IsVariableBatch
                ? GraphQLHttpResult.Batch([.. request.Variables.EnumerateArray().Select(set => new EchoBody(set.GetRawText()))])
                : GraphQLHttpResult.Executed(new EchoBody(said)));
        }
    }

    private sealed class EchoBody(string said) : IGraphQLResponseBody
    {
        public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
        {
            output.Write("{"u8);
            position.WriteMembers(output);
            output.Write(Encoding.UTF8.GetBytes($"\"said\":\"{JsonEscape(said)}\"}}"));
        }

        public void Dispose()
        {
            // holds nothing
        }

        private static string JsonEscape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
