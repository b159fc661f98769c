using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Users;
using GraphGateway.Subgraphs.Users.Data;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Users;

public sealed class UsersMutationTests
{
    private const string Register = """
        mutation($input: RegisterUserInput!) { registerUser(input: $input) {
            user { id name email memberSince loyaltyTier creditLimit { amount } addresses { __typename id city } }
            errors { __typename ... on Error { message } ... on InvalidInputError { field } ... on EmailTakenError { email } } } }
        """;

    private const string Update = """
        mutation($input: UpdateUserInput!) { updateUser(input: $input) {
            user { id name email addresses { __typename street ... on BillingAddress { vatNumber } } }
            errors { __typename ... on Error { message } ... on InvalidInputError { field } ... on UserNotFoundError { userId } } } }
        """;

    [Fact]
    public Task Registers_a_user() => RegistersAsync(onPostgreSql: false);

    [PostgresFact]
    public Task Registers_a_user_in_PostgreSQL() => RegistersAsync(onPostgreSql: true);

    [Fact]
    public async Task Says_all_that_is_wrong_with_a_new_user()
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "registerUser": {
                  "user": null,
                  "errors": [
                    { "__typename": "InvalidInputError", "message": "Give 1 to 100 characters.", "field": "name" },
                    { "__typename": "InvalidInputError", "message": "Give an email address, such as ada@example.com.", "field": "email" },
                    { "__typename": "InvalidInputError", "message": "Give 1 to 200 characters.", "field": "address.street" },
                    { "__typename": "InvalidInputError", "message": "Give two capital letters, such as DE.", "field": "address.countryCode" },
                    { "__typename": "InvalidInputError", "message": "Only a billing address has a VAT number.", "field": "address.vatNumber" }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync(Register, """
                { "input": { "name": " ", "email": "ada@example", "address": {
                    "street": "", "city": "Berlin", "postalCode": "10115", "countryCode": "de", "instructions": "Ring.", "vatNumber": "DE1" } } }
                """));
    }

    [Fact]
    public Task An_email_address_has_one_user() => TakenAsync(onPostgreSql: false);

    [PostgresFact]
    public Task An_email_address_has_one_user_in_PostgreSQL() => TakenAsync(onPostgreSql: true);

    [Fact]
    public async Task Changes_what_is_given_and_leaves_the_rest()
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "updateUser": {
                  "user": {
                    "id": "2",
                    "name": "Isaac Meier-Vogel",
                    "email": "isaac.meier.2@example.com",
                    "addresses": [
                      { "__typename": "ShippingAddress", "street": "Paseo del Prado 73" },
                      { "__typename": "BillingAddress", "street": "Lindenweg 1", "vatNumber": "DE123456789" }
                    ]
                  },
                  "errors": []
                }
              }
            }
            """,
            await service.QueryAsync(Update, """
                { "input": { "id": "2", "name": "Isaac Meier-Vogel", "addAddress": {
                    "kind": "BILLING", "street": "Lindenweg 1", "city": "Berlin", "postalCode": "10115", "countryCode": "DE", "vatNumber": "DE123456789" } } }
                """));
        JsonText.Check(
            """
            { "data": { "userByEmail": { "name": "Isaac Meier-Vogel" } } }
            """,
            await service.QueryAsync("""{ userByEmail(email: "isaac.meier.2@example.com") { name } }"""));
    }

    [Fact]
    public async Task Changes_no_unknown_user()
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "updateUser": { "user": null, "errors": [{ "__typename": "UserNotFoundError", "message": "There is no user with the id 1001.", "userId": "1001" }] }
              }
            }
            """,
            await service.QueryAsync(Update, """{ "input": { "id": "1001", "name": "Nobody" } }"""));
    }

    [Fact]
    public async Task Gives_nobody_an_email_address_of_somebody_else()
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition);
        JsonText.Check(
            """
            {
              "data": {
                "updateUser": {
                  "user": null,
                  "errors": [{ "__typename": "EmailTakenError", "message": "There is a user with the email address isaac.meier.2@example.com already." }]
                }
              }
            }
            """,
            await service.QueryAsync(Update, """{ "input": { "id": "1", "name": "Changed", "email": "isaac.meier.2@example.com" } }"""));
        JsonText.Check(
            """
            { "data": { "userById": { "name": "Mila García", "email": "mila.garcia.1@example.com" } } }
            """,
            await service.QueryAsync("""{ userById(id: "1") { name email } }"""));
    }

    private static async Task RegistersAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition, onPostgreSql);
        JsonText.Check(
            """
            {
              "data": {
                "registerUser": {
                  "user": {
                    "id": "1001",
                    "name": "Ada Lovelace",
                    "email": "ada@example.com",
                    "memberSince": "2026-02-03T04:05:06.789Z",
                    "loyaltyTier": "BRONZE",
                    "creditLimit": { "amount": 500.00 },
                    "addresses": [{ "__typename": "ShippingAddress", "id": "1598", "city": "Wien" }]
                  },
                  "errors": []
                }
              }
            }
            """,
            await service.QueryAsync(Register, """
                { "input": { "name": " Ada Lovelace ", "email": "Ada@Example.com", "address": {
                    "street": "Am Markt 1", "city": "Wien", "postalCode": "1010", "countryCode": "AT" } } }
                """));
        JsonText.Check(
            """
            {
              "data": {
                "users": {
                  "totalCount": 1001,
                  "nodes": [
                    { "id": "1000", "name": "Karin Dahl", "memberSince": "2025-12-30T01:32:49Z" },
                    { "id": "1001", "name": "Ada Lovelace", "memberSince": "2026-02-03T04:05:06.789Z" }
                  ]
                }
              }
            }
            """,
            await service.QueryAsync("""{ users(last: 2, order: [{ memberSince: ASC }]) { totalCount nodes { id name memberSince } } }"""));
    }

    private static async Task TakenAsync(bool onPostgreSql)
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition, onPostgreSql);
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => service.QueryAsync(Register, new JsonObject
        {
            ["input"] = new JsonObject { ["name"] = $"Twin {i}", ["email"] = i % 2 == 0 ? "twin@example.com" : "TWIN@example.com" },
        }.ToJsonString())));

        Assert.Single(attempts, attempt => attempt.Contains("\"errors\": []", StringComparison.Ordinal));
        var refused = attempts.Where(attempt => !attempt.Contains("\"errors\": []", StringComparison.Ordinal)).Distinct();
        JsonText.Check(
            """
            {
              "data": {
                "registerUser": {
                  "user": null,
                  "errors": [
                    {
                      "__typename": "EmailTakenError",
                      "message": "There is a user with the email address twin@example.com already.",
                      "email": "twin@example.com"
                    }
                  ]
                }
              }
            }
            """,
            Assert.Single(refused));
    }
}
