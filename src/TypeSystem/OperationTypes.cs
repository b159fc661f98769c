using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The grammar's names of <see cref="OperationType"/>.</summary>
internal static class OperationTypes
{
    internal static string ToWire(OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };

    /// <summary>The name that a root type has when no schema definition names it (Spec §3.3.1, Default Root Operation Type Names).</summary>
    internal static string DefaultRootName(OperationType operation) => operation switch
    {
        OperationType.Query => "Query",
        OperationType.Mutation => "Mutation",
        _ => "Subscription",
    };
}
