using Xunit;

namespace GraphGateway.ControlPlane.Tests.Stores;

/// <summary>What is a file, what is PostgreSQL, and what is neither: no connection string becomes a file's name, whatever its spelling.</summary>
public sealed class StorePlaceTests
{
    private const string Form = "Write it as Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...";

    [Theory]
    [InlineData("registry.db")]
    [InlineData("/var/lib/a=b.db")]
    [InlineData(":memory:")]
    [InlineData("file:registry.db?mode=ro&cache=private")]
    public void A_file_is_one(string place) => Assert.Equal((true, false), (StorePlace.IsPlace(place), StorePlace.IsPostgres(place)));

    [Theory]
    [InlineData("Host=127.0.0.1;Password=SECRET")]
    [InlineData("Server=127.0.0.1;Port=5432;Password=SECRET")]
    [InlineData("Host = 127.0.0.1; Password = SECRET")]
    [InlineData(" host=127.0.0.1")]
    [InlineData("Password=SECRET;SERVER=127.0.0.1")]
    public void PostgreSQL_is_what_Npgsql_reads(string place) => Assert.Equal((true, true), (StorePlace.IsPlace(place), StorePlace.IsPostgres(place)));

    [Theory]
    [InlineData("postgres://u:SECRET@h/db", "the place is an address. Write a database of PostgreSQL as its connection string: Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...")]
    [InlineData("postgresql://u:SECRET@h/db?sslmode=require", "the place is an address. Write a database of PostgreSQL as its connection string: Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...")]
    [InlineData("Password=SECRET", "the place is a connection string without a host. " + Form)]
    [InlineData("Username=u;Password=SECRET", "the place is a connection string without a host. " + Form)]
    [InlineData("Host=h;Passwort=SECRET", "the place is no connection string of PostgreSQL that can be read. " + Form)]
    [InlineData("Data Source=registry.db;Password=SECRET", "the place is no connection string of PostgreSQL that can be read. " + Form)]
    [InlineData("Host=h;Port=SECRET", "the place is no connection string of PostgreSQL that can be read. " + Form)]
    [InlineData("  ", "the place is empty. Give the name of a file (SQLite), or a connection string of PostgreSQL.")]
    public void What_is_neither_is_refused_without_its_text(string place, string problem)
    {
        Assert.Equal(problem, StorePlace.FindProblem(place));
        Assert.Equal(problem, Assert.Throws<StorePlaceException>(() => SchemaRegistry.At(place)).Message);
        Assert.Equal(problem, Assert.Throws<StorePlaceException>(() => ApiKeyStore.At(place)).Message);
        Assert.Equal(problem, Assert.Throws<StorePlaceException>(() => OperationStore.At(place)).Message);
    }
}
