namespace Petrel.Api.Resources;

/// <summary>A kind that fills in fields the client left out. Runs after decoding, also on what is read from a patch.</summary>
public interface IHasDefaults
{
    ApiObject WithDefaults();
}
