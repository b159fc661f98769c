using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// What a source's schema says of how long its answers may be kept: <c>@cacheControl</c> of
/// <see href="https://www.apollographql.com/docs/apollo-server/performance/caching/#in-your-schema-static">Apollo Server</see> and HotChocolate.
/// </summary>
/// <param name="MaxAge">Seconds for which it holds; null where it is not said.</param>
/// <param name="IsPrivate">True for one client alone, false for all; null where it is not said.</param>
/// <param name="InheritsMaxAge">True: without a time of its own it holds as long as what it stands in.</param>
public sealed record CacheHint(int? MaxAge, bool? IsPrivate, bool InheritsMaxAge)
{
    /// <summary>The directive's name in sources.</summary>
    public const string DirectiveName = "cacheControl";

    /// <summary>Reads it. Of <c>maxAge</c> and HotChocolate's <c>sharedMaxAge</c> the shorter one counts; a time below 0 is 0.</summary>
    /// <param name="directive">Its arguments have the types that Apollo's documentation gives them; others are as if they were not there.</param>
    public static CacheHint Of(DirectiveNode directive) => new(
        Seconds(directive, "maxAge") is not { } own ? Seconds(directive, "sharedMaxAge") : Math.Min(own, Seconds(directive, "sharedMaxAge") ?? own),
        directive.Argument("scope") is EnumValueNode scope ? scope.Value == "PRIVATE" : null,
        directive.Argument("inheritMaxAge") is BooleanValueNode { Value: true });

    // What is too long for a number is longer than anything is kept.
    private static int? Seconds(DirectiveNode directive, string name) => directive.Argument(name) is not IntValueNode number ? null
        : int.TryParse(number.Value, System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? Math.Max(seconds, 0)
        : number.Value.StartsWith('-') ? 0 : int.MaxValue;
}
