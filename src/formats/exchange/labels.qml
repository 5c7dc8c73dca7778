  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="{field}" isExpression="0" fontSize="8" textColor="40,50,60,255"/>
      <placement dist="1" placement="1"/>
    </settings>
  </labeling>
