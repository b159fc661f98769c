using System.Collections.Immutable;
using GraphGateway.Operations;
using GraphGateway.Planning;

namespace GraphGateway.Gateway;

/// <summary>What a plan's requests cost, ready to be asked with their variables. Made when it is first wanted, kept with the plan.</summary>
/// <param name="Operation">The operation's own cost.</param>
/// <param name="Sources">What each source is asked.</param>
internal sealed record PlanCosts(OperationCost Operation, ImmutableArray<SourceCost> Sources);
