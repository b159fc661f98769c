using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Pages;

/// <summary>What a page answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">The headers, by name.</param>
internal sealed record PageAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>What is between the tags of <c>main</c>, each block on a line of its own.</summary>
    public string Main
    {
        get
        {
            var start = Body.IndexOf("<main", StringComparison.Ordinal);
            var main = Body[start..(Body.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)];
            return Regex.Replace(main, @"\n?<(?=(h1|h2|p|section|dl|div|table|caption|thead|tr|tbody|ul|ol|li|form|nav|pre|label|input|button)[ >])", "\n<");
        }
    }
}

/// <summary>As much of a browser as signing in needs: it keeps a cookie, and follows nothing by itself.</summary>
internal sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    /// <summary>The cookie as it is sent: its name and its value; null where there is none.</summary>
    public string? Cookie { get; set; }

    public Task<PageAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<PageAnswer> PostAsync(string path, string form, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, form, headers);

    /// <summary>Signs in; what was answered.</summary>
    public Task<PageAnswer> SignInAsync(string key, params (string Name, string Value)[] headers) => PostAsync("/registry/sign-in", $"key={Uri.EscapeDataString(key)}", headers);

    public async Task<PageAnswer> SendAsync(HttpMethod method, string path, string? form, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        request.Content = form is null ? null : new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await client.SendAsync(request);
        var answer = new PageAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        if (answer.Headers.TryGetValue("Set-Cookie", out var set))
        {
            Cookie = set.Split(';')[0];
        }

        return answer;
    }

    public void Dispose() => client.Dispose();
}
