using GraphGateway.Language;

namespace GraphGateway.Http;

/// <summary>Why a request is answered without being run, and with which status.</summary>
internal sealed record RequestRefusal(int StatusCode, string Message, ErrorCode Code)
{
    public GraphQLHttpResult ToResult() => GraphQLHttpResult.Refused(StatusCode, new GraphQLError { Message = Message, Code = Code });

    public static RequestRefusal BadRequest(string message) => new(400, message, ErrorCode.InvalidGraphqlRequest);
}
