namespace Petrel.Api.Resources;

/// <summary>A version of a kind that is stored as another version.</summary>
public interface IConverted<TSelf, TStorage> where TStorage : ApiObject
{
    static abstract TSelf FromStorage(TStorage stored);

    TStorage ToStorage();
}
