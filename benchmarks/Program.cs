using GraphGateway.Benchmarks;

// The table of suites: one line each. `dotnet run -c Release --project benchmarks -- NAME` runs one.
Suite[] suites =
[
    new("gateways", "requests through gateways, beside hand-written ones and others from npm (see benchmarks/run)", GatewaysSuite.Run),
    new("handwritten", "one of the hand-written gateways that `gateways` starts", HandWritten.Run),
    new("language", "parse, validate and normalise, beside graphql-js", LanguageSuite.Run),
    new("caching", "entities that the gateway has kept, beside those that it fetches", CachingSuite.Run),
    new("composition", "compose 10, 100 and 300 sources, beside @apollo/composition", CompositionSuite.Run),
    new("execution", "execute plans as lists, requests, sources and bytes grow", ExecutionSuite.Run),
    new("persisted", "requests by the identifier of their operation, by a text that is kept, and by a new one", PersistedSuite.Run),
    new("planning", "plan operations, beside @apollo/query-planner and @graphql-hive/router-query-planner", PlanningSuite.Run),
    new("registry", "gateways that follow a registry while they are asked, and a registry that holds much", RegistrySuite.Run),
    new("plan-storage", "plans read from disk, beside planning the same operations", PlanStorageSuite.Run),
];

if (args is [var name, ..] && Array.Find(suites, suite => suite.Name == name) is { } chosen)
{
    return chosen.Run(args[1..]);
}

Console.Error.WriteLine("Usage: dotnet run -c Release --project benchmarks -- SUITE [options]");
foreach (var suite in suites)
{
    Console.Error.WriteLine($"  {suite.Name,-12} {suite.Description}");
}

return 2;
