using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>What the path <c>/persisted/{id}[/{operationName}]</c> of a request says: the document, and the operation in it.</summary>
/// <param name="Id">The document's identifier.</param>
/// <param name="Operation">The operation's name; null where the path has none.</param>
internal sealed record DocumentPath(string Id, string? Operation)
{
    public const string IdName = "id";
    public const string OperationName = "operationName";

    /// <summary>The path of a request that was routed by it.</summary>
    public static DocumentPath Of(HttpRequest request) => new((string)request.RouteValues[IdName]!, request.RouteValues[OperationName] as string);
}
