using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Formats of <c>@cacheTag</c>, and what they make.</summary>
public sealed class TagFormatTests
{
    [Theory]
    [InlineData("users", "users", "users", true)]
    [InlineData("users", "users", "users2", false)]
    [InlineData("user-{$key.id}", "user-1", "user-2", true)]
    [InlineData("user-{$key.id}", "user-1", "user", false)]
    [InlineData("{$key.id}", "1", "", true)]
    [InlineData("a{$key.id}b{$key.country.name}c", "a1bDEc", "abbc", true)]
    [InlineData("a{$key.id}b{$key.country.name}c", "a1bDEc", "acc", false)]
    [InlineData("aa{$key.id}aa", "aa1aa", "aaa", false)]
    [InlineData("{$key.none}", null, "x", true)]
    [InlineData("{$key", "{$key", "{$key", true)]
    public void A_format_makes_a_tag_and_tells_what_it_could_make(string format, string? tag, string other, bool fits)
    {
        var values = new Dictionary<string, string> { ["id"] = "1", ["country.name"] = "DE" };
        var parsed = TagFormat.Parse(format);
        Assert.Equal((tag, fits), (parsed.Write(path => values.GetValueOrDefault(path)), parsed.Fits(other)));
    }

    [Theory]
    [InlineData("a, b,,c ", """{"data":{}}""", "a b c", "")]
    [InlineData(null, """{"data":{"extensions":{"apolloCacheTags":["no"]}}}""", "", "")]
    [InlineData(null, """{"extensions":{"apolloCacheTags":["a"],"other":1},"data":{}}""", "a", "")]
    [InlineData("h", """{"data":{},"extensions":{"apolloEntityCacheTags":[["a","b"],[],["c"]]}}""", "h", "a,b;;c")]
    [InlineData(null, """{"data":{},"extensions":{"apolloEntityCacheTags":["a"],"apolloCacheTags":null}}""", "a", "")]
    [InlineData(null, """[{"data":{},"extensions":{"apolloCacheTags":["a"]}},{"extensions":{"apolloCacheTags":["b"]}}]""", "a b", "")]
    [InlineData(null, "{\"extensions\":{\"apolloCacheTags\":[\"a\"]}}\n{\"extensions\":{\"apolloCacheTags\":[\"b\"]}}", "a b", "")]
    [InlineData(null, """{"extensions":{"apolloCacheTags":"a"}}""", null, null)]
    [InlineData(null, """{"extensions":{"apolloCacheTags":[7]}}""", null, null)]
    [InlineData(null, """{"extensions":{"apolloEntityCacheTags":[[7]]}}""", null, null)]
    [InlineData(null, """{"extensions":{"apolloCacheTags":[""]}}""", null, null)]
    [InlineData(null, """{"extensions":{"apolloCacheTags":["a"]""", null, null)]
    public void Tags_of_an_answer_are_read(string? header, string body, string? all, string? byEntity)
    {
        var tags = SourceTags.Read(header, System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Equal((all, byEntity), tags is null ? (null, null) : (string.Join(' ', tags.All), string.Join(';', tags.ByEntity.Select(own => string.Join(',', own)))));
    }
}
