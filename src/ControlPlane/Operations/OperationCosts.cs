using System.Text.Json;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.ControlPlane;

/// <summary>
/// What operations can cost by what a schema says (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">GraphQL Cost Directives</see>): by the defaults of
/// their variables. May be used by several threads.
/// </summary>
/// <param name="schema">The schema that clients see, with its directives.</param>
/// <param name="defaultListSize">How many items a list is taken to have where the schema does not say; null for what a gateway takes where nothing is set (10).</param>
public sealed class OperationCosts(Schema schema, int? defaultListSize = null)
{
    private static readonly JsonElement NoVariables = JsonDocument.Parse("{}").RootElement;

    private readonly CostIndex index = new(schema, CostReading.TwoFigures, defaultListSize ?? new CostOptions().DefaultListSize);

    /// <summary>What a document can cost: each figure the highest of its operations and of what their conditions can come to. Null where the schema does not take it.</summary>
    /// <param name="text">The document.</param>
    public CostFigures? Estimate(string text)
    {
        if (OperationDocument.Read(text, schema).Document is not { } document)
        {
            return null;
        }

        var most = default(CostFigures);
        foreach (var operation in document.Operations)
        {
            var variables = VariablesOf(operation);
            foreach (var conditions in OperationDocument.OutcomesOf(operation))
            {
                if (Normalizer.Normalize(operation, conditions).Operation is not { } normalized)
                {
                    return null;
                }

                var figures = Estimate(normalized, variables);
                most = new CostFigures(Math.Max(most.FieldThousandths, figures.FieldThousandths), Math.Max(most.TypeThousandths, figures.TypeThousandths));
            }
        }

        return most;
    }

    /// <summary>The variables that an operation is estimated by.</summary>
    internal static VariableValues VariablesOf(ValidOperation operation) => VariableCoercion.Coerce(operation, NoVariables).Values ?? VariableValues.Empty;

    /// <summary>What one outcome of an operation's conditions can cost.</summary>
    internal CostFigures Estimate(NormalizedOperation operation, VariableValues variables) => OperationCost.Of(operation, index).Estimate(variables);
}
