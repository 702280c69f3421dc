namespace Petrel.Api.Resources;

/// <summary>A kind of which a new object gets fields that are not validated, because they repeat others that are.</summary>
public interface ICompletedWhenStored
{
    ApiObject CompleteForStorage();
}
