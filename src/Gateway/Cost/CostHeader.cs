using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>What a client wants to know of its operation's cost.</summary>
internal enum CostWish
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The cost beside the answer.</summary>
    Report,

    /// <summary>The cost alone: nothing runs.</summary>
    Validate,
}

/// <summary>The request header <c>GraphQL-Cost</c>, with HotChocolate's values.</summary>
internal static class CostHeader
{
    public const string Name = "GraphQL-Cost";

    /// <summary>The client's wish, or why it is refused: what is to be validated must not run because a word is misspelled or costs are not told.</summary>
    /// <param name="headers">The client's.</param>
    /// <param name="isReported">Whether costs are told to clients.</param>
    public static (CostWish Wish, GraphQLHttpResult? Refusal) Read(IHeaderDictionary headers, bool isReported)
    {
        if (!headers.TryGetValue(Name, out var values))
        {
            return (CostWish.None, null);
        }

        var text = values.ToString();
        if (text.Equals("report", StringComparison.OrdinalIgnoreCase))
        {
            return (isReported ? CostWish.Report : CostWish.None, null);
        }

        if (!text.Equals("validate", StringComparison.OrdinalIgnoreCase))
        {
            return (CostWish.None, Refuse($"The header {Name} is neither \"report\" nor \"validate\"."));
        }

        return isReported
            ? (CostWish.Validate, null)
            : (CostWish.None, Refuse($"Costs are not reported here, so the header {Name}: validate is refused and nothing has run."));
    }

    private static GraphQLHttpResult Refuse(string message) =>
        GraphQLHttpResult.Refused(StatusCodes.Status400BadRequest, new GraphQLError { Message = message, Code = ErrorCode.InvalidGraphqlRequest });
}
