using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Requests to the HTTP API of a registry elsewhere, with the key. Each has a bound in time and in bytes; no redirect is followed, no proxy used. Throws
/// <see cref="RegistryRequestException"/> where it is not done, and <see cref="OperationCanceledException"/> for the caller's own token.
/// </summary>
internal sealed class RegistryConnection(RegistryAddress address, TimeProvider clock) : IDisposable
{
    // With 50 operations that would break, of 1,000 characters each.
    private const int ProblemBytes = 512 * 1024;
    private const int ProblemLength = 2_000;

    private const string OtherVersion = "The registry is of an older version than this program: leave out the option that asks for it, or bring the registry up to date.";

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // The registry closes what is idle for 30 seconds: a request is never sent into a connection that it is closing.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        MaxConnectionsPerServer = 8,
        MaxResponseHeadersLength = 32,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Asks for something.</summary>
    /// <param name="path">What, below the address, without a slash at its begin.</param>
    /// <param name="mostBytes">A longer answer is none.</param>
    /// <param name="patience">How long it may take, all in all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The answer's bytes; null where it is nothing (204).</returns>
    public Task<byte[]?> GetAsync(string path, int mostBytes, TimeSpan patience, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, path, null, mostBytes, patience, cancellation);

    /// <summary>Has something done.</summary>
    /// <param name="path">What, below the address.</param>
    /// <param name="body">With what: written as JSON.</param>
    /// <param name="mostBytes">A longer answer is none.</param>
    /// <param name="patience">How long it may take, all in all.</param>
    /// <param name="cancellation">Ends it. It may have been done all the same.</param>
    public Task<byte[]?> PostAsync(string path, object body, int mostBytes, TimeSpan patience, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.RequestOptions), mostBytes, patience, cancellation);

    /// <summary>Has something taken away.</summary>
    /// <param name="path">What, below the address.</param>
    /// <param name="mostBytes">A longer answer is none.</param>
    /// <param name="patience">How long it may take, all in all.</param>
    /// <param name="cancellation">Ends it. It may have been done all the same.</param>
    public Task<byte[]?> DeleteAsync(string path, int mostBytes, TimeSpan patience, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, path, null, mostBytes, patience, cancellation);

    /// <summary>Reads what was answered. What a newer registry has added to it is passed over.</summary>
    public T Read<T>(byte[] answer)
    {
        try
        {
            return HasNullInList(answer) ? throw NoRegistry("with null in a list")
                : JsonSerializer.Deserialize<T>(answer, ApiJson.AnswerOptions) ?? throw NoRegistry("with null");
        }
        catch (JsonException exception)
        {
            throw NoRegistry($"with something that this program does not know, at {UnseenText.Show(Start(exception.Path ?? "$"), static number => $"U+{number:X4}")}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // The reader holds members against their types, but not what is in a list. No answer of a registry has it there.
    private static bool HasNullInList(byte[] answer)
    {
        var reader = new Utf8JsonReader(answer, new JsonReaderOptions { MaxDepth = ApiJson.AnswerOptions.MaxDepth });
        var lists = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var isList) && isList:
                    return true;
            }
        }

        return false;
    }

    // It has names of the answer in it.
    private static ReadOnlySpan<char> Start(string path) => path.AsSpan(0, Math.Min(path.Length, 200));

    private async Task<byte[]?> SendAsync(HttpMethod method, string path, byte[]? body, int mostBytes, TimeSpan patience, CancellationToken cancellation)
    {
        var key = address.Key.Text;
        using var request = new HttpRequestMessage(method, new Uri($"{address.Url.AbsoluteUri.TrimEnd('/')}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        using var over = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(response, mostBytes, either.Token) ?? throw Failed($"It answers with more than {mostBytes} bytes."),
                HttpStatusCode.NoContent => null,
                _ => throw await ProblemOfAsync(response, key, either.Token),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Failed($"It cannot be reached: {exception.GetBaseException().Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(string.Create(CultureInfo.InvariantCulture, $"It does not answer within {patience.TotalSeconds:0} seconds."));
        }
    }

    private async Task<RegistryRequestException> ProblemOfAsync(HttpResponseMessage response, string key, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType != ApiProblem.MediaType || await ReadAsync(response, ProblemBytes, cancellation) is not { } bytes)
        {
            return NoRegistry($"with status {status}{(status is >= 300 and < 400 ? ", to be asked elsewhere" : "")}", MayBeAway(status));
        }

        try
        {
            var problem = JsonSerializer.Deserialize<ProblemBody>(bytes, ApiJson.AnswerOptions) ?? throw new JsonException();
            var code = Enum.GetValues<ApiProblemCode>().Where(known => ApiProblem.WireOf(known) == problem.Code).Select(known => (ApiProblemCode?)known).FirstOrDefault();

            // Under another path there is no graph either: nobody is to be told that there is none.
            if (code == ApiProblemCode.NotFound && problem.Detail == ApiProblem.NothingHere)
            {
                return NoRegistry($"with status {status}, since there is nothing at this path");
            }

            // What there is and what a change is refused for is said in whole; how requests are made is no matter of who reads this. What this program writes is known to each registry of its own version.
            var text = code is ApiProblemCode.NotFound or ApiProblemCode.ChangeRefused ? problem.Detail
                : code == ApiProblemCode.BodyInvalid && problem.Detail.EndsWith(ApiCall.Unknown, StringComparison.Ordinal) ? $"{problem.Detail} {OtherVersion}"
                : $"{problem.Detail} {problem.Advice}";
            return new RegistryRequestException(address.Url, Plain(text, key), code) { Broken = [.. (problem.Broken ?? []).OfType<string>().Select(broken => Plain(broken, key))] };
        }
        catch (JsonException)
        {
            return NoRegistry($"with status {status}", MayBeAway(status));
        }
    }

    // So answers what stands before a registry that is away or busy, too.
    private static bool MayBeAway(int status) => status is 408 or 429 or (>= 500 and not 501);

    // It ends up in logs and on consoles: one line of bounded length, and no key whoever repeats it.
    private static string Plain(string text, string key)
    {
        var plain = UnseenText.Show(new string([.. text.Where(character => !char.IsControl(character))]), static number => $"U+{number:X4}").Replace(key, "(the key)", StringComparison.Ordinal);
        return plain.Length > ProblemLength ? plain[..ProblemLength] : plain;
    }

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int mostBytes, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > mostBytes)
        {
            return null;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var all = new MemoryStream();
        var buffer = new byte[81_920];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            if (all.Length + count > mostBytes)
            {
                return null;
            }

            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private RegistryRequestException Failed(string problem) => new(address.Url, problem);

    /// <summary>What was answered is nothing that a registry answers.</summary>
    /// <param name="how">Goes on after <c>It answers</c>.</param>
    /// <param name="mayBeAway">True where there may be a registry behind it all the same.</param>
    public RegistryRequestException NoRegistry(string how, bool mayBeAway = false) =>
        new(address.Url, $"It answers {how}. Is it the address of a registry of this version, as `graphgateway registry serve` shows it?") { IsOfNoRegistry = !mayBeAway };

    // What is read of a problem; the rest is the same in other words.
    private sealed record ProblemBody(string Detail, string Advice, string Code, string[]? Broken = null);
}
