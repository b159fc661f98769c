using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.Subgraphs.Users.Data;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Users;

/// <summary>The fields of <c>Mutation</c>.</summary>
[GraphQLType("Mutation")]
public static class Mutation
{
    /// <summary>Adds a user and, when one is given, an address, both or none.</summary>
    public static async Task<RegisterUserPayload?> RegisterUserAsync(
        RegisterUserInput input, IDbContextFactory<UsersDb> contexts, TimeProvider clock, CancellationToken cancellation)
    {
        var errors = Check(input.Name, input.Email, input.Address, "address");
        if (!errors.IsEmpty)
        {
            return new RegisterUserPayload(null, errors.All);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Milliseconds, which both databases keep: what is answered now is what is read later.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var user = new UserRow
        {
            Name = input.Name.Trim(),
            Email = Emails.Normalize(input.Email),
            MemberSince = now,
            LoyaltyTier = LoyaltyTier.Bronze,
            CreditLimit = 500.00m,
        };
        db.Add(user);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (ServiceDatabase.IsUniqueViolation(e))
        {
            return new RegisterUserPayload(null, [new EmailTakenError(user.Email)]);
        }

        if (input.Address is { } address)
        {
            db.Add(ToRow(address, user.Id));
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return new RegisterUserPayload(user, []);
    }

    /// <summary>Changes a user and, when one is given, adds an address, both or none.</summary>
    public static async Task<UpdateUserPayload?> UpdateUserAsync(UpdateUserInput input, IDbContextFactory<UsersDb> contexts, CancellationToken cancellation)
    {
        var errors = Check(input.Name, input.Email, input.AddAddress, "addAddress");
        if (!errors.IsEmpty)
        {
            return new UpdateUserPayload(null, errors.All);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var user = Ids.Parse(input.Id) is { } id ? await db.Users.AsTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) : null;
        if (user is null)
        {
            return new UpdateUserPayload(null, [new UserNotFoundError(input.Id)]);
        }

        user.Name = input.Name?.Trim() ?? user.Name;
        user.Email = input.Email is null ? user.Email : Emails.Normalize(input.Email);
        if (input.AddAddress is { } address)
        {
            db.Add(ToRow(address, user.Id));
        }

        try
        {
            // One transaction for all of it.
            await db.SaveChangesAsync(cancellation);
            return new UpdateUserPayload(user, []);
        }
        catch (DbUpdateException e) when (ServiceDatabase.IsUniqueViolation(e))
        {
            return new UpdateUserPayload(null, [new EmailTakenError(user.Email)]);
        }
    }

    private static InputErrors Check(string? name, string? email, AddressInput? address, string addressField)
    {
        var errors = new InputErrors();
        if (name is not null)
        {
            errors.CheckText(name, "name", 100);
        }

        if (email is not null)
        {
            errors.Check(Emails.IsPlausible(email.Trim()), "email", "Give an email address, such as ada@example.com.");
        }

        if (address is not null)
        {
            errors.CheckText(address.Street, $"{addressField}.street", 200);
            errors.CheckText(address.City, $"{addressField}.city", 100);
            errors.CheckText(address.PostalCode, $"{addressField}.postalCode", 20);
            errors.Check(address.CountryCode is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'], $"{addressField}.countryCode", "Give two capital letters, such as DE.");
            errors.Check(address.Kind is AddressKind.Shipping || address.Instructions is null, $"{addressField}.instructions", "Only a shipping address has instructions.");
            errors.Check(address.Kind is AddressKind.Billing || address.VatNumber is null, $"{addressField}.vatNumber", "Only a billing address has a VAT number.");
        }

        return errors;
    }

    private static AddressRow ToRow(AddressInput address, int userId) => new()
    {
        UserId = userId,
        Kind = address.Kind,
        Street = address.Street.Trim(),
        City = address.City.Trim(),
        PostalCode = address.PostalCode.Trim(),
        CountryCode = address.CountryCode,
        Instructions = address.Instructions,
        VatNumber = address.VatNumber,
    };
}
