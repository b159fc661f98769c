using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A schema, or the problems that prevent one. With warnings-free input exactly one of the two is there.</summary>
public sealed record SchemaResult(Schema? Schema, ImmutableArray<GraphQLError> Errors);
