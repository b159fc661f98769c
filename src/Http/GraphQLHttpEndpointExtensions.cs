using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GraphGateway.Http;

/// <summary>Puts a GraphQL endpoint into an ASP.NET Core application.</summary>
public static class GraphQLHttpEndpointExtensions
{
    /// <summary>
    /// Serves GraphQL over HTTP at <paramref name="path"/> (POST, GET and HEAD), and the SDL, when the options give one, at <c>path?sdl</c> and
    /// <c>path/schema.graphql</c>; and at <c>path/persisted/{id}[/{operationName}]</c> a document by its identifier, or, where the options allow none, that
    /// there are none.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Such as <c>/graphql</c>.</param>
    /// <param name="executor">What runs the requests.</param>
    /// <param name="options">What is accepted.</param>
    public static IEndpointConventionBuilder MapGraphQLHttp(
        this IEndpointRouteBuilder endpoints,
        string path,
        IGraphQLRequestExecutor executor,
        GraphQLHttpOptions options)
    {
        var handler = new GraphQLHttpHandler(executor, options);
        if (options.Sdl is not null)
        {
            endpoints.MapMethods($"{path}/schema.graphql", [HttpMethods.Get, HttpMethods.Head], handler.WriteSdlAsync);
        }

        endpoints.Map(
            $"{path}/persisted/{{{DocumentPath.IdName}}}/{{{DocumentPath.OperationName}?}}",
            options.AllowDocumentIds ? new GraphQLHttpHandler(executor, options, isNamedByPath: true).HandleAsync : GraphQLHttpHandler.RefusePersistedAsync);
        return endpoints.Map(path, handler.HandleAsync).WithDisplayName($"GraphQL {path}");
    }
}
