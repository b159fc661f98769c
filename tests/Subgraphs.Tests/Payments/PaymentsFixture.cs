using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Payments;
using GraphGateway.Subgraphs.Payments.Data;

namespace GraphGateway.Subgraphs.Tests.Payments;

/// <summary>A running payments service.</summary>
public sealed class PaymentsFixture() : ServiceFixture<PaymentsDb>(PaymentsService.Definition);
